/** Roles of a repository, the weakest first. https://docs.github.com/en/organizations/managing-user-access-to-your-organizations-repositories/managing-repository-roles/repository-roles-for-an-organization */
export const repositoryRoles = ["read", "triage", "write", "maintain", "admin"] as const;

export type RepositoryRole = (typeof repositoryRoles)[number];

/** How GitHub answers for a user: `permission` knows read, write and admin only, `role_name` also the other roles and an organization's own. */
export interface RepositoryAccess extends GivenRole {
  /** Whose access it is: GitHub's number for the account that has the asked login name now. */
  readonly userId: number;
}

/** What GitHub says that a user may do. */
interface GivenRole {
  readonly roleName: string;
  readonly permission: string;
}

/** What `permission` says at least for who has the role. */
const permissionOf: Readonly<Record<RepositoryRole, RepositoryRole>> = {
  read: "read",
  triage: "read",
  write: "write",
  maintain: "write",
  admin: "admin",
};

/**
 * Whether the access is proven to include the role: both answers have to say so. Of an organization's own role only the
 * permission is known, which does not tell triage from read, or maintain from write.
 * https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
 */
export function includesRole({ roleName, permission }: GivenRole, needed: RepositoryRole): boolean {
  const known = repositoryRoles.find((role) => role === roleName);
  const permitted = repositoryRoles.find((role) => role === permission);
  if (permitted === undefined || roleName === "none" || roleName === "") return false;
  if (known === undefined) return rankOf(permitted) >= rankOf(needed);
  return rankOf(known) >= rankOf(needed) && rankOf(permitted) >= rankOf(permissionOf[needed]);
}

function rankOf(role: RepositoryRole): number {
  return repositoryRoles.indexOf(role);
}
