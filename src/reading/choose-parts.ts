import { principalKey, type Principal } from "../model/assignment.ts";
import type { DesiredState } from "../model/desired-state.ts";
import type { AccountId, PermissionSetArn } from "../model/ids.ts";
import { formerNameTag, isManagedBy, isProvisioningPending, recordTag } from "../model/ownership.ts";
import type { DesiredPermissionSet } from "../model/permission-set.ts";
import {
  type LiveParts,
  nothingToRead,
  type Outline,
  type Pair,
  pairKey,
  type ReadingRequest,
  type Seen,
} from "../model/reading.ts";
import { definitionFingerprint, isFingerprintOf, principalsFingerprint } from "./fingerprints.ts";
import { accountsOf, type KnownSet, seenSet } from "./known-sets.ts";
import type { DueParts } from "./rotation.ts";

export interface ReadingInput extends KnownOutline {
  readonly seen: Seen;
  readonly live: LiveParts;
  readonly desired: DesiredState;
  readonly due: DueParts;
}

/** What is there, as far as names and tags tell. */
export interface KnownOutline {
  readonly outline: Outline;
  readonly known: ReadonlyMap<PermissionSetArn, KnownSet>;
  readonly owner: string;
}

/** Which parts must still be read before a plan can be made: whatever is new, due, or not known to be what the records say. */
export function chooseParts(input: ReadingInput): ReadingRequest {
  const desired = indexDesired(input.desired);
  const wanted = input.outline.permissionSets.map(({ arn }) => chooseForSet(arn, input, desired));
  return {
    heads: wanted.flatMap(({ heads }) => heads),
    policies: wanted.flatMap(({ policies }) => policies),
    provisionedAccounts: wanted.flatMap(({ provisionedAccounts }) => provisionedAccounts),
    staleAccounts: wanted.flatMap(({ staleAccounts }) => staleAccounts),
    pairs: wanted.flatMap(({ pairs }) => pairs),
    groups: [],
  };
}

/** Whether there is nothing in it. */
export function isEmpty(request: ReadingRequest): boolean {
  return Object.values(request).every((parts: readonly unknown[]) => parts.length === 0);
}

/** What the records ask for. */
export interface DesiredIndex {
  readonly setOf: (name: string) => DesiredPermissionSet | undefined;
  readonly isHeld: (name: string) => boolean;
  readonly principalsOf: (name: string, account: AccountId) => readonly Principal[];
  readonly accountsOf: (name: string) => readonly string[];
}

/** The desired state by set and by pair. */
export function indexDesired(desired: DesiredState): DesiredIndex {
  const sets = new Map<string, DesiredPermissionSet>(desired.permissionSets.map((set) => [set.name, set]));
  const held = new Set(desired.heldPermissionSets.map(({ name }) => name));
  const principals = new Map<string, Map<string, Map<string, Principal>>>();
  for (const { permissionSet, account, principal } of desired.assignments) {
    const ofSet = principals.get(permissionSet) ?? new Map<string, Map<string, Principal>>();
    const here = ofSet.get(account) ?? new Map<string, Principal>();
    here.set(principalKey(principal), principal);
    principals.set(permissionSet, ofSet.set(account, here));
  }
  return {
    setOf: (name) => sets.get(name),
    isHeld: (name) => held.has(name),
    principalsOf: (name, account) => [...(principals.get(name)?.get(account)?.values() ?? [])],
    accountsOf: (name) => [...(principals.get(name)?.keys() ?? [])],
  };
}

function chooseForSet(arn: PermissionSetArn, input: ReadingInput, desired: DesiredIndex): ReadingRequest {
  if (input.live.heads.get(arn) === null) return nothingToRead;
  const set = input.known.get(arn);
  if (set === undefined) return { ...nothingToRead, heads: [arn] };
  const isRead = input.due.permissionSets.has(arn) || !isAsSeen(set, input, desired);
  if (isRead && !set.isLive) return { ...nothingToRead, heads: [arn] };
  return isManagedBy(set.tags, input.owner) ? chooseForOurs(set, isRead, input, desired) : nothingToRead;
}

function chooseForOurs(
  set: KnownSet,
  isRead: boolean,
  input: ReadingInput,
  desired: DesiredIndex,
): ReadingRequest {
  const { live, seen } = input;
  const { arn } = set;
  const accounts = accountsOf(arn, seen, live);
  const isUnread = (pair: Pair): boolean =>
    !live.pairs.has(pairKey(pair)) && !isPairAsSeen(pair, set, input, desired);
  const pairs = accounts.map((account) => ({ arn, account })).filter(isUnread);
  const isStale = isStaleDue(set, input);
  const known = new Set<string>(accounts);
  const isListRead =
    isRead || isStale || pairs.length > 0 || desired.accountsOf(set.name).some((one) => !known.has(one));
  return {
    heads: [],
    policies: isRead && !live.policies.has(arn) ? [arn] : [],
    provisionedAccounts: isListRead && !live.provisionedAccounts.has(arn) ? [arn] : [],
    staleAccounts: isStale && !live.staleAccounts.has(arn) ? [arn] : [],
    pairs,
    groups: [],
  };
}

/** Whether the set was, when last seen, what the records make of it, so that there is nothing to be done with it. */
function isAsSeen(set: KnownSet, input: ReadingInput, desired: DesiredIndex): boolean {
  if (!isManagedBy(set.tags, input.owner))
    return desired.setOf(set.name) === undefined && !desired.isHeld(set.name);
  const wanted = matching(set, desired);
  if (wanted === undefined || isProvisioningPending(set.tags)) return false;
  const before = seenSet(input.seen, set.arn)?.definition;
  return before !== undefined && isFingerprintOf(before, wanted);
}

/** The desired set, where name and record agree and no name from before a rename is left to be cared for. */
function matching({ name, tags }: KnownSet, desired: DesiredIndex): DesiredPermissionSet | undefined {
  const wanted = desired.setOf(name);
  const isSame = tags[recordTag] === wanted?.record.id && tags[formerNameTag] === undefined;
  return isSame ? wanted : undefined;
}

function isStaleDue(set: KnownSet, { live, due, seen }: ReadingInput): boolean {
  if (due.staleAccounts.has(set.arn) || isProvisioningPending(set.tags)) return true;
  const [head, policies] = [live.heads.get(set.arn), live.policies.get(set.arn)];
  if (head === undefined || head === null || policies === undefined) return false;
  const found = definitionFingerprint({ attributes: head.attributes, ...policies });
  return found !== seenSet(seen, set.arn)?.definition;
}

function isPairAsSeen(pair: Pair, set: KnownSet, input: ReadingInput, desired: DesiredIndex): boolean {
  if (input.due.pairs.has(pairKey(pair)) || matching(set, desired) === undefined) return false;
  const principals = desired.principalsOf(set.name, pair.account);
  const accounts = seenSet(input.seen, pair.arn)?.accounts ?? {};
  const before = Object.hasOwn(accounts, pair.account) ? accounts[pair.account] : undefined;
  // An empty pair is about to lose its role: no record asks for the people there.
  if (principals.length === 0 || before === undefined) return false;
  return before[0] === principalsFingerprint(principals);
}
