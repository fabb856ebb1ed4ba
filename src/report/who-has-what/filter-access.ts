import type { AccessLine, AccessReport } from "../../model/access-report.ts";
import { foldCase } from "../../model/text.ts";
import { countAccess } from "./build-access-report.ts";

export interface AccessFilters {
  readonly user?: string;
  readonly account?: string;
  readonly permissionSet?: string;
  readonly administrators?: boolean;
}

/** Only what the filters leave: names and ids exactly, but for case and width. */
export function filterAccess(report: AccessReport, filters: AccessFilters): AccessReport {
  const { user, account, permissionSet, administrators = false } = filters;
  const is = (wanted: string | undefined, names: readonly (string | undefined)[]): boolean =>
    wanted === undefined || names.some((name) => name !== undefined && foldCase(name) === foldCase(wanted));
  const access = report.access.filter(
    (line) =>
      is(user, namesOf(line)) &&
      is(account, [line.account, line.accountName]) &&
      is(permissionSet, [line.permissionSet]) &&
      (!administrators || line.class === "administrator"),
  );
  const kept = new Set(access.map((line) => line.permissionSet));
  const permissionSets = report.permissionSets.filter(({ name }) => kept.has(name));
  const isWhole = access.length === report.access.length;
  return {
    ...report,
    filters: {
      ...(user === undefined ? {} : { user }),
      ...(account === undefined ? {} : { account }),
      ...(permissionSet === undefined ? {} : { permissionSet }),
      ...(administrators ? { administrators: "yes" } : {}),
    },
    access,
    ...(isWhole ? {} : { permissionSets, ...countAccess(access, permissionSets) }),
  };
}

function namesOf({ user, principal }: AccessLine): readonly (string | undefined)[] {
  return [
    user?.userName,
    user?.email,
    user?.displayName,
    user?.id,
    user === undefined ? principal.id : undefined,
  ];
}
