import type { RawField, RawRecord, SourceRecords } from "../../src/model/record.ts";
import { ownerTag, recordTag } from "../../src/model/ownership.ts";
import type { AwsSeed } from "../../src/sandbox/aws/aws-seed.ts";

/** Numbers of accounts, permission sets, (account, set) pairs, assignments and users. */
export interface CompanySize {
  readonly accounts: number;
  readonly sets: number;
  readonly pairs: number;
  readonly assignments: number;
  readonly users: number;
}

/** The users of one permission set in one account, as indices. */
interface Pair {
  readonly set: number;
  readonly account: number;
  readonly users: readonly number[];
}

/** What records say and Identity Center has. */
export interface Company {
  readonly size: CompanySize;
  readonly pairs: readonly Pair[];
}

export const owner = "bench";
export const region = "ap-northeast-1";
const managementAccount = "999999999999";

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A company of the size, with the assignments spread evenly over sets and accounts and the users drawn by lot. */
export function createCompany(size: CompanySize, seed: number): Company {
  const random = createRandom(seed);
  const pairs = Array.from({ length: size.pairs }, (_, index): Pair => {
    const set = index % size.sets;
    const account = (set * 7 + Math.floor(index / size.sets)) % size.accounts;
    const count =
      Math.floor(((index + 1) * size.assignments) / size.pairs) -
      Math.floor((index * size.assignments) / size.pairs);
    return { set, account, users: drawUsers(count, size.users, random, []) };
  });
  return { size, pairs };
}

/** The company after so many changes in the first so many accounts: a revocation for every grant as long as there is something to revoke. */
export function changeCompany(company: Company, changes: number, accounts: number, seed: number): Company {
  const random = createRandom(seed);
  const pairs = [...company.pairs];
  const eligible = pairs.flatMap(({ account }, index) => (account < accounts ? [index] : []));
  for (let swap = 0; swap < changes / 2; swap += 1) {
    const index = eligible[swap % eligible.length] ?? 0;
    const pair = pairs[index];
    if (pair === undefined) continue;
    const before = company.pairs[index]?.users ?? [];
    const gone = pair.users.find((user) => before.includes(user));
    const stay = pair.users.filter((user) => user !== gone);
    // A user who was there at the start must not come back: that would undo a change.
    const drawn = drawUsers(gone === undefined ? 2 : 1, company.size.users, random, [...before, ...stay]);
    pairs[index] = { ...pair, users: [...stay, ...drawn] };
  }
  return { ...company, pairs };
}

/** The company after one more user has been given a set where others have it. */
export function grantOne(company: Company): Company {
  const [first, ...others] = company.pairs;
  if (first === undefined) return company;
  const [user] = drawUsers(1, company.size.users, createRandom(1), first.users);
  const users = user === undefined ? first.users : [...first.users, user];
  return { ...company, pairs: [{ ...first, users }, ...others] };
}

function drawUsers(
  count: number,
  of: number,
  random: () => number,
  taken: readonly number[],
): readonly number[] {
  const drawn = new Set<number>();
  while (drawn.size < count) {
    const user = Math.floor(random() * of);
    if (!taken.includes(user)) drawn.add(user);
  }
  return [...drawn];
}

const setName = (index: number): string => `Set-${index}`;
const userName = (index: number): string => `user-${index}@example.co.jp`;
const accountNumber = (index: number): string => String(100_000_000_000 + index);
const userId = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]}';

/** One record per set, and one per pair. */
export function recordsOf({ size, pairs }: Company): SourceRecords {
  const app = (kind: "permissionSets" | "assignments", appId: number, records: readonly RawRecord[]) => ({
    kind,
    appId,
    name: kind,
    form: [],
    records,
  });
  const sets = Array.from({ length: size.sets }, (_, index) =>
    record("permissionSets", index + 1, {
      name: setName(index),
      description: `The set ${index}`,
      session_duration: "8",
      relay_state: "",
      managed_policies: "ReadOnlyAccess",
      customer_managed_policies: "",
      permissions_boundary: "",
      inline_policy: policy,
    }),
  );
  const assignments = pairs.map(({ set, account, users }, index) =>
    record("assignments", index + 1, {
      permission_set: setName(set),
      users: users.map(userName).join("\n"),
      groups: "",
      accounts: accountNumber(account),
    }),
  );
  return {
    permissionSets: app("permissionSets", 10, sets),
    assignments: app("assignments", 11, assignments),
  };
}

function record(
  app: "permissionSets" | "assignments",
  id: number,
  fields: Readonly<Record<string, string>>,
): RawRecord {
  const text = (value: string): RawField => ({ type: "MULTI_LINE_TEXT", value });
  return {
    ref: { app, id: String(id), revision: 1, updatedAt: "2026-11-01T00:00:00Z" },
    fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, text(value)])),
  };
}

/** The AWS organization of the company, in step with its records unless it has no sets yet. */
export function seedOf({ size, pairs }: Company, { withSets }: { readonly withSets: boolean }): AwsSeed {
  const bySet = new Map<number, { accountId: string; principalId: string }[]>();
  for (const { set, account, users } of pairs) {
    const assignments = bySet.get(set) ?? [];
    for (const user of users) {
      assignments.push({ accountId: accountNumber(account), principalId: userId(user) });
    }
    bySet.set(set, assignments);
  }
  return {
    primaryRegion: region,
    callerAccount: "888888888888",
    managementAccount,
    accounts: Array.from({ length: size.accounts }, (_, index) => ({
      id: accountNumber(index),
      name: `account-${index}`,
    })),
    users: Array.from({ length: size.users }, (_, index) => ({
      id: userId(index),
      userName: userName(index),
    })),
    groups: [],
    managedPolicies: [{ name: "ReadOnlyAccess", path: "/" }],
    permissionSets: withSets
      ? Array.from({ length: size.sets }, (_, index) => ({
          name: setName(index),
          description: `The set ${index}`,
          sessionDuration: "PT8H",
          managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
          inlinePolicy: policy,
          tags: { [ownerTag]: owner, [recordTag]: String(index + 1) },
          assignments: bySet.get(index) ?? [],
        }))
      : [],
  };
}
