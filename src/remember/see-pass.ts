import type { Assignment } from "../model/assignment.ts";
import type { ActualState, ManagedPermissionSet } from "../model/actual-state.ts";
import { groupBy } from "../model/group-by.ts";
import type { AccountId } from "../model/ids.ts";
import type { PermissionSetDefinition } from "../model/permission-set.ts";
import {
  pairKey,
  type LiveParts,
  type Reading,
  type Seen,
  type SeenPermissionSet,
  type SeenContent,
} from "../model/reading.ts";
import { isPossibleAdministrator } from "../access/judge-definition.ts";
import { definitionFingerprint, principalsFingerprint } from "../reading/fingerprints.ts";
import { seenSet } from "../reading/known-sets.ts";

export interface SeenInput {
  readonly mode: Reading["mode"];
  readonly actual: ActualState;
  readonly before: Seen;
  readonly live: LiveParts;
  readonly nowMs: number;
  /** Whether the pass took its share of what no record changed; one that did not is no step of the round. */
  readonly rotates: boolean;
}

/** What this pass saw, for the next one to look elsewhere, and how much that is. */
export function seePass(input: SeenInput): Reading {
  const { actual, before, live, mode, nowMs, rotates } = input;
  const pass = rotates ? before.pass + 1 : before.pass;
  const wholeAt = mode === "full" ? new Date(nowMs).toISOString() : before.wholeAt;
  const assignments = groupBy(
    actual.assignments,
    ({ permissionSet, account }) => `${permissionSet}/${account}`,
  );
  const permissionSets = Object.fromEntries(
    actual.permissionSets.map((set): [string, SeenPermissionSet] => {
      const earlier = seenSet(before, set.arn);
      const { name, tags, arn } = set;
      const head = { name, tags, pass: live.heads.has(arn) ? pass : (earlier?.pass ?? 0) };
      if (!set.managed) return [arn, { ...head, stalePass: 0, accounts: {} }];
      return [arn, { ...head, ...seeManaged(set, assignments, pass, input) }];
    }),
  );
  const pairs = actual.permissionSets.flatMap((set) =>
    set.managed ? set.provisionedAccounts.map((account) => pairKey({ arn: set.arn, account })) : [],
  );
  const pairsRead = pairs.filter((key) => live.pairs.has(key)).length;
  const seen: Seen = { pass, permissionSets, ...(wholeAt === undefined ? {} : { wholeAt }) };
  return {
    mode,
    pairsRead,
    pairsAssumed: pairs.length - pairsRead,
    oldestUnreadPasses: pass - oldestPass(seen),
    seen,
  };
}

function seeManaged(
  set: ManagedPermissionSet,
  assignments: ReadonlyMap<string, readonly Assignment[]>,
  pass: number,
  { before, live }: SeenInput,
): SeenContent {
  const { arn, name, definition } = set;
  const earlier = seenSet(before, arn);
  const isRead = live.policies.has(arn);
  const principalsOf = (account: AccountId) =>
    (assignments.get(`${name}/${account}`) ?? []).map(({ principal }) => principal);
  const accounts = set.provisionedAccounts.flatMap(
    (account): readonly [string, readonly [string, number]][] => {
      if (live.pairs.has(pairKey({ arn, account }))) {
        return [[account, [principalsFingerprint(principalsOf(account)), pass]]];
      }
      const known = earlier?.accounts ?? {};
      const last = Object.hasOwn(known, account) ? known[account] : undefined;
      return last === undefined ? [] : [[account, last]];
    },
  );
  const fingerprint = isRead ? definitionFingerprint(definition) : earlier?.definition;
  return {
    ...(fingerprint === undefined ? {} : { definition: fingerprint }),
    pass: isRead ? pass : (earlier?.pass ?? 0),
    stalePass: live.staleAccounts.has(arn) ? pass : (earlier?.stalePass ?? 0),
    accounts: Object.fromEntries(accounts),
    ...markOf(definition),
  };
}

function markOf(definition: PermissionSetDefinition): { readonly administrator?: true } {
  return isPossibleAdministrator(definition) ? { administrator: true } : {};
}

/** Number of the pass that read what has not been read for the longest time. */
function oldestPass({ pass, permissionSets }: Seen): number {
  let oldest = pass;
  for (const set of Object.values(permissionSets)) {
    oldest = Math.min(oldest, set.pass);
    if (set.definition !== undefined) oldest = Math.min(oldest, set.stalePass);
    for (const [, read] of Object.values(set.accounts)) oldest = Math.min(oldest, read);
  }
  return oldest;
}
