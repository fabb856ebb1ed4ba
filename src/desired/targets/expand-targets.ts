import type { MovedAccounts } from "../../model/desired-state.ts";
import type { Config } from "../../model/config.ts";
import { type Account, isLockedKeyAccount } from "../../model/directory.ts";
import type { AccountId } from "../../model/ids.ts";
import { createIssue, holdsRecord, type Issue, type IssueCode, type IssueParams } from "../../model/issue.ts";
import type { RememberedRequest } from "../../model/memory.ts";
import type { RecordRef } from "../../model/record.ts";
import { isWithin } from "../../model/record-shrink.ts";
import { normalizeName, shorten } from "../../model/text.ts";
import { matchesWildcard } from "../../model/wildcard.ts";
import { suggestNames } from "../nearest-names.ts";
import { accountExists, type AccountIndex, resolveAccount } from "../resolve-accounts.ts";
import { parseTarget, type Target } from "./parse-target.ts";
import type { UnitIndex } from "./unit-index.ts";

/** What entries are looked up in. */
export interface TargetLookups {
  readonly index: AccountIndex;
  readonly rules: Config["targets"];
  /** Undefined when they are not needed, and when they could not be read. */
  readonly units: UnitIndex | undefined;
  readonly nowMs: number;
}

/** What a record's list of accounts stands for today. */
export interface Expansion {
  readonly accounts: readonly AccountId[];
  /** Those of them that no entry names by itself. */
  readonly dynamic: ReadonlySet<AccountId>;
  readonly hasPatterns: boolean;
  /** Whether every entry could be told. */
  readonly isWhole: boolean;
  /** Whether AWS could not be asked for something that an entry needs. */
  readonly isUnread: boolean;
}

interface Reading {
  readonly isExcluded: boolean;
  readonly kind: Target["kind"];
  /** Undefined where the entry is an issue, or AWS could not be asked. */
  readonly accounts: readonly AccountId[] | undefined;
  readonly isUnread: boolean;
}

/** What the entries stand for, whatever order they come in; what is left out wins. Undefined entries are issues already. */
export function expandTargets(
  texts: readonly (string | undefined)[],
  record: RecordRef,
  lookups: TargetLookups,
  issues: Issue[],
): Expansion {
  const readings = texts.map((text) =>
    text === undefined ? undefined : readTarget(text, { record, lookups, issues }),
  );
  const known = readings.filter((one) => one !== undefined);
  const excluded = new Set(known.flatMap((one) => (one.isExcluded ? (one.accounts ?? []) : [])));
  const included = known.filter((one) => !one.isExcluded);
  const [first] = texts;
  if (included.length === 0 && known.length === texts.length && first !== undefined) {
    issues.push(createIssue("target.only-exclusions", record, "accounts", { value: shorten(first) }));
  }
  const named = new Set(included.flatMap((one) => (one.kind === "account" ? (one.accounts ?? []) : [])));
  const all = new Set(included.flatMap(({ accounts = [] }) => accounts));
  const accounts = [...all].filter((id) => !excluded.has(id));
  return {
    accounts,
    dynamic: new Set(accounts.filter((id) => !named.has(id))),
    hasPatterns: known.some(({ isExcluded, kind }) => isExcluded || kind !== "account"),
    isWhole: readings.every((one) => one?.accounts !== undefined),
    isUnread: known.some(({ isUnread }) => isUnread),
  };
}

interface EntryContext {
  readonly record: RecordRef;
  readonly lookups: TargetLookups;
  readonly issues: Issue[];
}

function readTarget(text: string, context: EntryContext): Reading {
  const { index, units } = context.lookups;
  const { target, isExcluded } = parseTarget(text);
  const about = { isExcluded, kind: target.kind };
  const isKeyword = isExcluded || target.kind !== "account";
  if (isKeyword && accountExists(text, index)) {
    return {
      ...about,
      isUnread: false,
      accounts: tell(context, "target.is-a-name", { value: shorten(text) }),
    };
  }
  if (target.kind === "ou" && units === undefined && context.lookups.rules.ou) {
    return { ...about, isUnread: true, accounts: undefined };
  }
  const accounts = resolveTarget(target, text, isExcluded, context);
  return { ...about, isUnread: false, accounts };
}

function resolveTarget(
  target: Target,
  text: string,
  isExcluded: boolean,
  context: EntryContext,
): readonly AccountId[] | undefined {
  const { index } = context.lookups;
  if (target.kind === "account") return resolveNamed(target.text, isExcluded, context);
  const found = matchTarget(target, text, context);
  if (found === undefined) return undefined;
  // What may not be given by a pattern is left out without a word: it would be said in every pass.
  return isExcluded
    ? found.map(({ id }) => id)
    : found.filter(takerTest(context.lookups)).map(({ id }) => id);
  function takerTest({ nowMs }: TargetLookups): (account: Account) => boolean {
    return ({ id, state, joinedAt }) =>
      id !== index.managementAccount &&
      !isLockedKeyAccount(index, id) &&
      !index.protectedAccounts.has(id) &&
      state === "ACTIVE" &&
      !(joinedAt !== undefined && nowMs - Date.parse(joinedAt) < settlingMs);
  }
}

/** AWS takes no assignments in an account that is being set up. */
const settlingMs = 15 * 60_000;

function resolveNamed(
  text: string,
  isExcluded: boolean,
  { record, lookups, issues }: EntryContext,
): readonly AccountId[] | undefined {
  const before = issues.length;
  const id = resolveAccount(text, record, lookups.index, issues);
  // Whether an account may be written to does not matter to a record that leaves it out.
  if (isExcluded) issues.push(...issues.splice(before).filter(({ code }) => holdsRecord(code)));
  return id === undefined ? undefined : [id];
}

type PatternTarget = Exclude<Target, { kind: "account" }>;

function matchTarget(
  target: PatternTarget,
  text: string,
  context: EntryContext,
): readonly Account[] | undefined {
  const { index, rules } = context.lookups;
  const accounts = [...index.byId.values()];
  const value = shorten(text);
  switch (target.kind) {
    case "all":
      return accounts;
    case "name": {
      if (!rules.name) return tell(context, "target.off", { value, setting: "targets.name" });
      const named = accounts.filter(({ name }) => matchesWildcard(target.pattern, normalizeName(name)));
      if (named.length > 0) return named;
      const wanted = target.pattern.replaceAll("*", "");
      const suggestions = suggestNames(wanted, index.suggestions.names, context.issues);
      return tell(context, "target.empty", { value, suggestions });
    }
    case "ou":
      return matchUnit(target.unit, target.isDirect, value, context);
    case "tag":
      break;
  }
  return tell(context, "target.off", { value, setting: "tag:" });
}

function matchUnit(
  unit: string,
  isDirect: boolean,
  value: string,
  context: EntryContext,
): readonly Account[] | undefined {
  const { index, rules, units } = context.lookups;
  if (!rules.ou || units === undefined) return tell(context, "target.off", { value, setting: "targets.ou" });
  const ids = units.find(unit);
  const [id] = ids;
  if (id === undefined) {
    const suggestions = suggestNames(unit, units.paths, context.issues).map((path) => `ou:${path}`);
    return tell(context, "target.unknown", { value, suggestions });
  }
  if (ids.length > 1) return tell(context, "target.ambiguous", { value, ids });
  const members = units.accountsIn(id, isDirect);
  const accounts = [...members].flatMap((account) => index.byId.get(account) ?? []);
  return accounts.length > 0 ? accounts : tell(context, "target.empty", { value, suggestions: [] });
}

function tell<Code extends IssueCode>(
  { record, issues }: EntryContext,
  code: Code,
  params: IssueParams[Code],
): undefined {
  issues.push(createIssue(code, record, "accounts", params));
  return undefined;
}

/** Accounts that came and went since the same version of the record was carried out: AWS did that, and no edit. */
export function movedSince(before: RememberedRequest, accounts: readonly AccountId[]): MovedAccounts {
  const were = new Set(before.accounts);
  const are = new Set<string>(accounts);
  const added = accounts.filter((id) => !were.has(id));
  const removed = before.accounts.filter((id) => !are.has(id));
  return added.length + removed.length === 0 ? {} : { added, removed };
}

/** More than this and than this part of what a record stood for does not go without a person's word. */
const mayGo = { count: 2, ratio: 0.2, cap: Infinity };

/** Whether entries stand for many fewer accounts than before, though the record was not edited. */
export function hasShrunk(
  { hasPatterns, accounts }: Expansion,
  before: RememberedRequest | undefined,
  { revision }: RecordRef,
): boolean {
  if (!hasPatterns || before?.revision !== revision) return false;
  const { removed = [] } = movedSince(before, accounts);
  return !isWithin(removed.length, before.accounts.length, mayGo);
}
