import { digest } from "../model/digest.ts";
import type { Memory } from "../model/memory.ts";
import { isProvisioningPending } from "../model/ownership.ts";
import type { Seen, StaleChoice } from "../model/reading.ts";
import { definitionFingerprint } from "./fingerprints.ts";
import { seenSet } from "./known-sets.ts";
import { dueParts, passesPerRound } from "./rotation.ts";
import { permissionSetArn } from "../model/ids.ts";

export interface ModeInput {
  readonly callBudget: number;
  readonly full?: boolean | undefined;
  readonly memory?: Pick<Memory, "instanceArn" | "seen"> | undefined;
  readonly nowMs: number;
}

export type ModeChoice =
  | { readonly mode: "full"; readonly seen: Seen; readonly isStaleDue: StaleChoice }
  | { readonly mode: "partial"; readonly seen: Seen };

/** Head 2, policies 4, provisioned and stale accounts. */
const callsPerSet = 8;
const callsPerForeignSet = 2;
/** Instance, lists of sets and what is locked. */
const callsForOutline = 10;

/** In part only with a memory of a company that a full read of would be over the budget. */
export function chooseMode(input: ModeInput): ModeChoice {
  const { callBudget, full, memory } = input;
  const seen = memory?.instanceArn === undefined ? undefined : memory.seen;
  if (seen !== undefined && full !== true && costOf(seen) > callBudget) return { mode: "partial", seen };
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

const slotMs = 10 * 60_000;

/**
 * Which sets' stale accounts a full read asks for: all within the budget; else of sets whose provisioning is not over or
 * whose definition is another one than before, and a twelfth of the rest: by memory, or by the clock where there is none.
 */
function chooseStale(seen: Seen, { callBudget, nowMs }: ModeInput): StaleChoice {
  const arns = Object.keys(seen.permissionSets).map(permissionSetArn);
  const known = arns.map((arn) => ({ arn, locked: false }));
  const due = dueParts({ permissionSets: known }, seen).staleAccounts;
  const slot = Math.floor(nowMs / slotMs) % passesPerRound;
  return ({ arn, tags, definition }, { permissionSets, pairs }) => {
    if (permissionSets * callsPerSet + pairs + callsForOutline <= callBudget) return true;
    if (isProvisioningPending(tags) || due.has(arn)) return true;
    const before = seenSet(seen, arn);
    if (before === undefined) return Number.parseInt(digest(arn).slice(0, 8), 16) % passesPerRound === slot;
    return before.definition !== definitionFingerprint(definition);
  };
}
