import { nameOnceThere } from "./meant-sets.ts";
import type { Assignment } from "../../src/model/assignment.ts";
import type { Directory } from "../../src/model/directory.ts";
import { accountIds, type Rulebook } from "./company.ts";

/** Whether the rules deny it, read as a person reads them; `administrator` says what the set makes of its holders. */
export function isDenied(
  { permissionSet, account, principal }: Assignment,
  administrator: boolean,
  directory: Directory,
  rulebook: Rulebook,
): boolean {
  if (rulebook === "none") return false;
  if (administrator && account === accountIds["Production"]) return true;
  const auditors = directory.groups.find(({ displayName }) => displayName === "Auditors");
  const isAuditor =
    auditors !== undefined &&
    (auditors.id === principal.id || directory.memberships.get(auditors.id)?.has(principal.id) === true);
  if (isAuditor && account === accountIds["Development"]) return true;
  if (rulebook !== "denying") return false;
  const outside = account === accountIds["Staging"] || account === accountIds["Development"];
  return !outside && nameOnceThere(permissionSet) !== "Alpha";
}
