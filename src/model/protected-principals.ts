import type { Group, User } from "./directory.ts";
import { foldCase } from "./text.ts";

/** Whether a user or group is on the protected list, by id, user name, e-mail address or display name. */
export function protectedPrincipalTest(
  protectedPrincipals: readonly string[],
): (principal: User | Group) => boolean {
  const protectedTexts = new Set(protectedPrincipals.map(foldCase));
  return (principal) => {
    const texts =
      "userName" in principal
        ? [principal.id, principal.userName, ...principal.emails]
        : [principal.id, principal.displayName];
    return texts.some((text) => protectedTexts.has(foldCase(text)));
  };
}
