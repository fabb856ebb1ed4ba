import type { AccountsAndGroups, Group } from "../model/directory.ts";

/** The lists that the sync keeps current in apps of their own. */
export type ListKind = "accounts" | "groups";

/** What one record of a list says, by field code. */
export type ListRow = Readonly<Record<string, string>>;

/** A record of a list that is there. */
export interface ListedRecord {
  readonly id: string;
  readonly row: ListRow;
}

/** What is to be written to a list, and nothing else. */
export interface ListChanges {
  readonly add: readonly ListRow[];
  readonly update: readonly ListedRecord[];
}

/** What tells the rows of a list apart: the field that forbids duplicates. */
export const listKeys: Readonly<Record<ListKind, string>> = { accounts: "account_id", groups: "group_name" };

/** The state of what is not there any more: its record stays. */
const gone: Readonly<Record<ListKind, string>> = { accounts: "CLOSED", groups: "GONE" };

/** The field codes that the sync writes; people may write the others. */
export const listFields: Readonly<Record<ListKind, readonly string[]>> = {
  accounts: ["account_id", "account_name", "path", "state", "email_domain"],
  groups: ["group_name", "group_id", "state"],
};

/** A unique text of kintone has no more characters. */
const longestKey = 64;

const rowsOf: Readonly<Record<ListKind, (directory: AccountsAndGroups) => readonly ListRow[]>> = {
  accounts: ({ accounts }) =>
    accounts.map(({ id, name, path = "", state, emailDomain = "" }) => ({
      account_id: id,
      account_name: name,
      path,
      state,
      email_domain: emailDomain,
    })),
  groups: ({ groups }) => {
    const fitting = groups.filter((group) => !isTooLong(group));
    return fitting.map(({ id, displayName }) => ({ group_name: displayName, group_id: id, state: "ACTIVE" }));
  },
};

function isTooLong({ displayName }: Group): boolean {
  return displayName.length > longestKey;
}

/** The groups that a list cannot have: their names are longer than what kintone keeps apart. */
export function groupsTooLong({ groups }: { readonly groups: readonly Group[] }): readonly string[] {
  return groups.filter(isTooLong).map(({ displayName }) => displayName);
}

/** The differences between a list and the directory: what is new, what differs, and what is gone, which is marked. */
export function changesOfList(
  kind: ListKind,
  directory: AccountsAndGroups,
  records: readonly ListedRecord[],
): ListChanges {
  const key = listKeys[kind];
  // Names of groups are unique in AWS; should two be equal, the first stands for both.
  const wanted = new Map(
    rowsOf[kind](directory)
      .toReversed()
      .map((row) => [row[key] ?? "", row]),
  );
  const there = new Map(records.map(({ id, row }) => [row[key] ?? "", { id, row }]));
  const add = [...wanted].filter(([name]) => !there.has(name)).map(([, row]) => row);
  const update = [...there].flatMap(([name, { id, row }]): readonly ListedRecord[] => {
    const said = wanted.get(name) ?? { ...row, state: gone[kind] };
    return listFields[kind].every((code) => (row[code] ?? "") === (said[code] ?? ""))
      ? []
      : [{ id, row: said }];
  });
  return { add: add.toSorted((left, right) => (left[key] ?? "").localeCompare(right[key] ?? "")), update };
}
