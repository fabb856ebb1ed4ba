import type { Principal } from "../model/assignment.ts";
import type { Directory } from "../model/directory.ts";
import type { Memory } from "../model/memory.ts";
import type { PlanTarget } from "../model/plan.ts";
import type { ReportedTarget } from "../model/run-report.ts";

/** Names of accounts and principals by id, for people to read. */
export interface Names {
  readonly account: (id: string) => string | undefined;
  readonly principal: (principal: Principal) => string | undefined;
  /** What one was called that is not in the directory any more. */
  readonly lastKnown: (principal: Principal) => string | undefined;
}

/** Indexes the names of the directory, and those that memory has of who was there before. */
export function indexNames(directory: Directory, lastKnown: Memory["principalNames"] = {}): Names {
  const accounts = new Map<string, string>(directory.accounts.map(({ id, name }) => [id, name]));
  const users = new Map(directory.users.map(({ id, userName }) => [`USER/${id}`, userName]));
  const groups = new Map(directory.groups.map(({ id, displayName }) => [`GROUP/${id}`, displayName]));
  const principals = new Map([...users, ...groups]);
  return {
    account: (id) => accounts.get(id),
    principal: ({ type, id }) => principals.get(`${type}/${id}`),
    lastKnown: ({ id }) => (Object.hasOwn(lastKnown, id) ? lastKnown[id] : undefined),
  };
}

/** How an account is called wherever a person reads: the id alone is not a name. */
export function accountText(id: string, name: string | undefined): string {
  return name === undefined ? id : `${name} (${id})`;
}

/** The target with the names that are known, as reports carry it. */
export function reportTarget(
  target: PlanTarget & { readonly permissionSetArn?: string },
  names: Names,
): ReportedTarget {
  const { permissionSet, permissionSetArn, account, principal } = target;
  return {
    permissionSet,
    ...(permissionSetArn === undefined ? {} : { permissionSetArn }),
    ...(account === undefined ? {} : { account, ...withName("accountName", names.account(account)) }),
    ...(principal === undefined ? {} : { principal: reportPrincipal(principal, names) }),
  };
}

function reportPrincipal(principal: Principal, names: Names): NonNullable<ReportedTarget["principal"]> {
  const name = names.principal(principal);
  return name === undefined
    ? { ...principal, ...withName("lastKnownName", names.lastKnown(principal)) }
    : { ...principal, name };
}

function withName<Key extends string>(key: Key, name: string | undefined): { readonly [K in Key]?: string } {
  return name === undefined ? {} : ({ [key]: name } as { readonly [K in Key]?: string });
}
