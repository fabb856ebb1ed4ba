import type { Principal } from "../model/assignment.ts";
import type { AssignmentPattern } from "../model/desired-state.ts";
import { asksForNothing, isAmongUnknown, isNextRevision, type RememberedRequest } from "../model/memory.ts";

/** One part of a record's text. */
export interface TextPart {
  /** What it names that can be told. */
  readonly named: readonly string[];
  /** Open where it has a name that stands for nothing now, or cannot be read: it may have stood for something. */
  readonly state: "told" | "open" | "blank";
}

/** The parts of a record's text. */
export interface RecordText {
  readonly revision: number;
  readonly permissionSets: TextPart;
  readonly accounts: TextPart;
  readonly users: TextPart;
  readonly groups: TextPart;
}

/** A pattern of assignments, whatever record it is of. */
export type Granted = Omit<AssignmentPattern, "record">;

/** kintone counts from here. */
const firstRevision = 1;

/**
 * What a record that cannot be carried out now may have granted: nothing when memory has seen it since its first revision
 * and it was never carried out; at its first revision otherwise just what its text may have named. A later revision may
 * have granted anything before, unless memory is certain that no version was carried out unseen.
 */
export function mayHaveGranted(text: RecordText, before: RememberedRequest | undefined): readonly Granted[] {
  if (before === undefined && text.revision === firstRevision) return whatTextNamed(text);
  const isCertain = before !== undefined && isNextRevision(text.revision, before);
  if (isCertain && asksForNothing(before)) return [];
  const hold = ({ named, state }: TextPart, earlier: readonly string[] = []) => {
    if (state === "told") return new Set(named);
    return isCertain ? new Set([...named, ...earlier]) : "any";
  };
  const now: Granted = {
    permissionSets: hold(text.permissionSets, before?.permissionSets),
    accounts: hold(text.accounts, before?.accounts),
    principals: hold(principalsOf(text), before?.principals),
  };
  return before === undefined ? [now] : [now, grantedBy(before)];
}

/**
 * What a record that waits for approval granted when it was approved last: just what memory tells; where no memory knows
 * the record, what its text names, since what it said before is not known.
 */
export function lastApproved(text: RecordText, before: RememberedRequest | undefined): readonly Granted[] {
  const isWhole = before !== undefined && !isAmongUnknown(before);
  if (!isWhole) return mayHaveGranted(text, before);
  return asksForNothing(before) ? [] : [grantedBy(before)];
}

/** Users and groups, of which a record need not have both. */
function principalsOf({ users, groups }: RecordText): TextPart {
  const states = new Set([users.state, groups.state]);
  const state = states.has("open") ? "open" : states.has("told") ? "told" : "blank";
  return { named: [...users.named, ...groups.named], state };
}

function grantedBy({ permissionSets, accounts, principals }: RememberedRequest): Granted {
  return {
    permissionSets: new Set(permissionSets),
    accounts: new Set(accounts),
    principals: new Set(principals),
  };
}

/** A name that resolves no more stands for any of its kind there, a blank one for none. */
function whatTextNamed(text: RecordText): readonly Granted[] {
  const { permissionSets, accounts, users, groups } = text;
  const principals = principalsOf(text);
  if ([permissionSets, accounts, principals].some(({ state }) => state === "blank")) return [];
  const anyOf = new Set<Principal["type"]>([
    ...(users.state === "open" ? (["USER"] as const) : []),
    ...(groups.state === "open" ? (["GROUP"] as const) : []),
  ]);
  return [
    {
      permissionSets: permissionSets.state === "open" ? "any" : new Set(permissionSets.named),
      accounts: accounts.state === "open" ? "any" : new Set(accounts.named),
      principals: new Set(principals.named),
      ...(anyOf.size === 0 ? {} : { anyOf }),
    },
  ];
}
