import { Cron } from "croner";
import type { ConfigRule, Draft } from "./config-rule.ts";
import { textAt, valueAt } from "./config-tree.ts";
import type { Finding } from "./finding.ts";

/** Rules about when `serve` runs its passes. */
export const serveRules: readonly ConfigRule[] = [
  { name: "schedule-comes-round", check: checkSchedule },
  { name: "interval-or-schedule", check: checkInterval },
];

function checkSchedule({ tree }: Draft): readonly Finding[] {
  const schedule = textAt(tree, "serve.schedule");
  if (schedule === undefined || comesRound(schedule)) return [];
  const message = {
    ja: "cron式として正しくないか、二度と来ない日時です。5つの項目で指定してください（例: '4-59/10 * * * *'）。",
    en: "Is not a cron expression, or never comes round: give five parts, e.g. '4-59/10 * * * *'.",
  };
  return [{ path: "serve.schedule", message }];
}

/** Passes every few seconds are nobody's intention, so a part for seconds is refused. */
function comesRound(schedule: string): boolean {
  try {
    return new Cron(schedule, { paused: true, mode: "5-part", timezone: "UTC" }).nextRun() !== null;
  } catch {
    return false;
  }
}

function checkInterval({ tree }: Draft): readonly Finding[] {
  const both = ["intervalMinutes", "schedule"].every((key) => valueAt(tree, ["serve", key]) !== undefined);
  if (!both) return [];
  const message = {
    ja: "intervalMinutesとscheduleの両方は指定できません。どちらか一方だけにしてください。",
    en: "intervalMinutes and schedule exclude each other; keep one of them.",
  };
  return [{ path: "serve", message }];
}
