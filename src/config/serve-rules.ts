import { Cron } from "croner";
import type { ConfigRule, Draft } from "./config-rule.ts";
import { variable } from "../model/environment.ts";
import { textAt, valueAt } from "./config-tree.ts";
import type { Finding } from "./finding.ts";

/** Rules about when `serve` runs its passes. */
export const serveRules: readonly ConfigRule[] = [
  { name: "schedule-comes-round", check: checkSchedule },
  { name: "interval-or-schedule", check: checkInterval },
  { name: "lease-beside-memory", check: checkLease },
  { name: "pages-behind-sign-in", check: checkPages },
  { name: "header-of-known-proxies", check: checkSignInHeader },
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

/** Passes every few seconds are never meant, so a part for seconds is refused. */
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

function checkLease({ tree }: Draft): readonly Finding[] {
  if (valueAt(tree, ["serve", "lease"]) !== true || textAt(tree, "memory") !== undefined) return [];
  const message = {
    ja: "メモリの隣に保存するため、memoryの指定が必要です。",
    en: "It is kept beside the memory: set memory as well.",
  };
  return [{ path: "serve.lease", message }];
}

function hasSecret({ environment }: Draft, name: string): boolean {
  return [name, `${name}_FILE`].some((one) => variable(environment, one) !== undefined);
}

/** Users of this machine, and no others, may read them without signing in. */
function checkPages(draft: Draft): readonly Finding[] {
  const { tree } = draft;
  if (valueAt(tree, ["serve", "pages"]) !== true) return [];
  const host = textAt(tree, "serve.host") ?? "127.0.0.1";
  const isLoopback = /^(?:127(?:\.\d+){3}|::1|localhost)$/u.test(host);
  const hasHeader = textAt(tree, "serve.signInHeader") !== undefined;
  if (isLoopback || hasHeader || hasSecret(draft, "KINTONE_SSO_SYNC_PAGES_TOKEN")) return [];
  const message = {
    ja: "ループバック以外のアドレスでページを表示するには、KINTONE_SSO_SYNC_PAGES_TOKEN（20文字以上）か「serve.signInHeader」が必要です。",
    en: "On another address than the loopback pages need KINTONE_SSO_SYNC_PAGES_TOKEN (20 characters or more) or serve.signInHeader.",
  };
  return [{ path: "serve.pages", message }];
}

/** A header that every sender can set proves nothing. */
function checkSignInHeader(draft: Draft): readonly Finding[] {
  const { tree } = draft;
  if (textAt(tree, "serve.signInHeader") === undefined) return [];
  const proxies = valueAt(tree, ["serve", "trustProxy"]);
  const hasProxies = Array.isArray(proxies) && proxies.length > 0;
  if (hasProxies || hasSecret(draft, "KINTONE_SSO_SYNC_PROXY_SECRET")) return [];
  const message = {
    ja: "信頼するプロキシを「serve.trustProxy」に指定するか、プロキシと共有する秘密をKINTONE_SSO_SYNC_PROXY_SECRET（20文字以上）に設定してください。",
    en: "Name the proxies in serve.trustProxy, or share a secret with them in KINTONE_SSO_SYNC_PROXY_SECRET (20 characters or more).",
  };
  return [{ path: "serve.signInHeader", message }];
}
