import type { ReadingMemory } from "../model/memory.ts";
import { digest } from "../model/digest.ts";
import { isProvisioningPending } from "../model/ownership.ts";
import type { Seen, StaleChoice } from "../model/reading.ts";
import { definitionFingerprint } from "./fingerprints.ts";
import { seenSet } from "./known-sets.ts";
import { dueParts, passesPerRound, roundOf } from "./rotation.ts";
import { permissionSetArn } from "../model/ids.ts";

export interface ModeInput {
  /** Requests that a pass may spend on what no record changed. */
  readonly callBudget: number;
  readonly timezone: string;
  /** Whether this pass also looks at what no record changed. */
  readonly rotates?: boolean | undefined;
  readonly full?: boolean | undefined;
  readonly memory?: ReadingMemory | undefined;
  readonly nowMs: number;
}

export type ModeChoice =
  | { readonly mode: "full"; readonly seen: Seen; readonly isStaleDue: StaleChoice }
  /** `round`: in how many passes everything is to be read once; undefined when this one takes no share. */
  | { readonly mode: "partial"; readonly seen: Seen; readonly round: number | undefined };

/** Head 2, policies 4, provisioned and stale accounts. */
const callsPerSet = 8;
const callsPerForeignSet = 2;
/** Instance, lists of sets and what is locked. */
const callsForOutline = 10;

/** In part with a memory, but for a company that the budget is enough for, and once a day. */
export function chooseMode(input: ModeInput): ModeChoice {
  const { callBudget, full, memory, rotates = true } = input;
  const seen = memory?.instanceArn === undefined ? undefined : memory.seen;
  if (seen !== undefined && full !== true) {
    const requests = costOf(seen);
    if (!rotates) return { mode: "partial", seen, round: undefined };
    if (requests > callBudget && !isWholeDue(seen, input))
      return { mode: "partial", seen, round: roundOf(requests, callBudget) };
  }
  const before = seen ?? { pass: 0, permissionSets: {} };
  return { mode: "full", seen: before, isStaleDue: chooseStale(before, input) };
}

function costOf({ permissionSets }: Seen): number {
  const sets = Object.values(permissionSets);
  return sets.reduce((sum, { definition, accounts }) => {
    if (definition === undefined) return sum + callsPerForeignSet;
    return sum + callsPerSet + Object.keys(accounts).length;
  }, callsForOutline);
}

const hourMs = 3_600_000;
/** By the clock of the configured time zone. */
const quietHour = 3;

/** Everything is read once a day, at night where passes run at night. */
function isWholeDue({ wholeAt }: Seen, { nowMs, timezone }: ModeInput): boolean {
  const ageMs = nowMs - Date.parse(wholeAt ?? "1970-01-01T00:00:00Z");
  // A time from the future is a damaged memory's; clocks may be a little apart.
  if (ageMs > 28 * hourMs || ageMs < -hourMs) return true;
  return ageMs > 20 * hourMs && hourOf(nowMs, timezone) === quietHour;
}

function hourOf(ms: number, timeZone: string): number {
  return Number(new Intl.DateTimeFormat("en", { hour: "2-digit", hourCycle: "h23", timeZone }).format(ms));
}

const slotMs = 10 * 60_000;
/** A full read of so many requests asks for all stale accounts. */
const fewRequests = 2_000;

/**
 * Which sets' stale accounts a full read asks for: all of a company of moderate size; else of sets whose provisioning is not over or
 * whose definition is another one than before, and a twelfth of the rest: by memory, or by the clock where there is none.
 */
function chooseStale(seen: Seen, { nowMs }: ModeInput): StaleChoice {
  const arns = Object.keys(seen.permissionSets).map(permissionSetArn);
  const known = arns.map((arn) => ({ arn, locked: false }));
  const due = dueParts({ permissionSets: known }, seen).staleAccounts;
  const slot = Math.floor(nowMs / slotMs) % passesPerRound;
  return ({ arn, tags, definition }, { permissionSets, pairs }) => {
    if (permissionSets * callsPerSet + pairs + callsForOutline <= fewRequests) return true;
    if (isProvisioningPending(tags) || due.has(arn)) return true;
    const before = seenSet(seen, arn);
    if (before === undefined) return Number.parseInt(digest(arn).slice(0, 8), 16) % passesPerRound === slot;
    return before.definition !== definitionFingerprint(definition);
  };
}
