import type { RunReport } from "../../../src/model/run-report.ts";
import { accountId } from "../../../src/model/ids.ts";
import {
  account,
  actualState,
  assignmentOf,
  definition,
  development,
  directory,
  managedSet,
  production,
  recordRef,
  user,
} from "../../builders.ts";
import { assign, deleteSet, passOf, planOf, reportOf, unassign } from "../builders.ts";

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
export const accounts = Array.from({ length: 50 }, (_, index) => accountId(String(100_000_000_000 + index)));
export const people = Array.from({ length: 30 }, (_, index) => user(`user${String(index).padStart(2, "0")}`));
export const mallory = user("mallory");
const onlyAdministrator = user("olga");
export const everybody = [...people, mallory, onlyAdministrator];

/** Somewhere in 300 harmless grants one person becomes an administrator, and another one loses all. */
export function bigReport(): RunReport {
  const actual = actualState({
    directory: directory({
      accounts: accounts.map((id, index) => account(id, `Account ${index}`)),
      users: everybody,
    }),
    permissionSets: [
      managedSet("Admin", { definition: definition({ managedPolicies: [administrator] }) }),
      managedSet("ReadOnly"),
      managedSet("Legacy"),
    ],
    assignments: [
      assignmentOf("Admin", accounts[7] ?? production, onlyAdministrator),
      ...people.slice(0, 12).map((one) => assignmentOf("Legacy", accounts[0] ?? production, one)),
      ...people.map((one) => assignmentOf("ReadOnly", development, one)),
    ],
  });
  const grants = accounts
    .slice(0, 10)
    .flatMap((id) => people.map((one) => assign("ReadOnly", id, one, { records: [recordRef()] })));
  const changes = [
    ...grants.slice(0, 150),
    assign("Admin", accounts[3] ?? production, mallory),
    ...grants.slice(150),
    unassign("Admin", accounts[7] ?? production, onlyAdministrator),
    ...people.slice(0, 12).map((one) => unassign("Legacy", accounts[0] ?? production, one)),
    deleteSet("Legacy"),
  ];
  return reportOf(passOf({ mode: "plan", actual, plan: planOf(changes) }));
}
