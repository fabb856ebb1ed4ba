import type { Principal } from "../model/assignment.ts";
import type { Directory } from "../model/directory.ts";
import type { PlanTarget } from "../model/plan.ts";
import type { ReportedTarget } from "../model/run-report.ts";

/** Names of accounts and principals by id, for people to read. */
export interface Names {
  readonly account: (id: string) => string | undefined;
  readonly principal: (principal: Principal) => string | undefined;
}

export function indexNames(directory: Directory): Names {
  const accounts = new Map<string, string>(directory.accounts.map(({ id, name }) => [id, name]));
  const users = new Map(directory.users.map(({ id, userName }) => [`USER/${id}`, userName]));
  const groups = new Map(directory.groups.map(({ id, displayName }) => [`GROUP/${id}`, displayName]));
  const principals = new Map([...users, ...groups]);
  return {
    account: (id) => accounts.get(id),
    principal: ({ type, id }) => principals.get(`${type}/${id}`),
  };
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
    ...(principal === undefined
      ? {}
      : { principal: { ...principal, ...withName("name", names.principal(principal)) } }),
  };
}

function withName<Key extends string>(key: Key, name: string | undefined): { readonly [K in Key]?: string } {
  return name === undefined ? {} : ({ [key]: name } as { readonly [K in Key]?: string });
}
