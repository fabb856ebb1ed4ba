import type { AwsClients } from "./clients.ts";
import {
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
} from "@aws-sdk/client-organizations";

import type { Account } from "../model/directory.ts";
import { type AccountId, accountId } from "../model/ids.ts";
import type { OrganizationalUnit, Places } from "../model/places.ts";
import { incomplete, requireMember } from "./pages.ts";
import type { Reader } from "./reader.ts";

/** Largest page. https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListOrganizationalUnitsForParent.html */
const MaxResults = 20;

/** The client that knows the tree of accounts. */
interface Organizations {
  readonly organizations: AwsClients["organizations"];
}

/**
 * The organizational units, and where the accounts stand: by the path that AWS gives for each of them, or, where one has
 * none, by what every unit lists. Throws a PassError, also when an account stands nowhere, in two places or in a unit that
 * is not listed: it may be on its way to another unit.
 */
export async function readPlaces(
  reader: Reader,
  clients: Organizations,
  accounts: readonly Account[],
): Promise<Places> {
  const units = await readUnits(reader, clients);
  const byPath = accounts.flatMap(({ id, path }) => {
    const unit = path === undefined ? undefined : lastUnit(path);
    return unit === undefined ? [] : [[id, unit] as const];
  });
  const found =
    byPath.length === accounts.length ? byPath : await readMembers(reader, clients, units, accounts);
  const known = new Set(units.map(({ id }) => id));
  const unitOf = new Map(found);
  if (unitOf.size < found.length) throw incomplete("ListAccountsForParent", "an account in two places");
  const isWhole = accounts.every(({ id }) => known.has(unitOf.get(id) ?? ""));
  if (!isWhole) throw incomplete("ListOrganizationalUnitsForParent", "an account in no known place");
  return { units, unitOf };
}

/** The innermost unit of `o-…/r-…/ou-…/`, which may end with the account's own id. */
function lastUnit(path: string): string | undefined {
  return path.split("/").findLast((part) => /^(?:ou|r)-/u.test(part));
}

async function readUnits(
  reader: Reader,
  { organizations }: Organizations,
): Promise<readonly OrganizationalUnit[]> {
  const roots = await reader.readList(
    "ListRoots",
    (NextToken) => organizations.send(new ListRootsCommand({ MaxResults, NextToken })),
    (answer) => ({ items: answer.Roots, nextToken: answer.NextToken }),
  );
  const [root] = roots;
  if (root === undefined || roots.length > 1) throw incomplete("ListRoots", `${roots.length} roots`);
  const below = async (above: string): Promise<readonly OrganizationalUnit[]> => {
    const operation = "ListOrganizationalUnitsForParent";
    const answered = await reader.readList(
      operation,
      (NextToken) =>
        organizations.send(
          new ListOrganizationalUnitsForParentCommand({ ParentId: above, MaxResults, NextToken }),
        ),
      (answer) => ({ items: answer.OrganizationalUnits, nextToken: answer.NextToken }),
    );
    const units = answered.map(({ Id, Name }) => ({
      id: requireMember(operation, "Id", Id),
      name: requireMember(operation, "Name", Name),
      above,
    }));
    const deeper = await Promise.all(units.map(({ id }) => below(id)));
    return [...units, ...deeper.flat()];
  };
  const id = requireMember("ListRoots", "Id", root.Id);
  return [{ id, name: requireMember("ListRoots", "Name", root.Name) }, ...(await below(id))];
}

/** What every unit lists of the accounts; one that has come since the accounts were listed does not count. */
async function readMembers(
  reader: Reader,
  { organizations }: Organizations,
  units: readonly OrganizationalUnit[],
  accounts: readonly Account[],
): Promise<readonly (readonly [AccountId, string])[]> {
  const operation = "ListAccountsForParent";
  const listed = new Set(accounts.map(({ id }) => id));
  const members = await Promise.all(
    units.map(async ({ id: ParentId }) => {
      const found = await reader.readList(
        operation,
        (NextToken) =>
          organizations.send(new ListAccountsForParentCommand({ ParentId, MaxResults, NextToken })),
        (answer) => ({ items: answer.Accounts, nextToken: answer.NextToken }),
      );
      return found.map(({ Id }) => [accountId(requireMember(operation, "Id", Id)), ParentId] as const);
    }),
  );
  return members.flat().filter(([id]) => listed.has(id));
}
