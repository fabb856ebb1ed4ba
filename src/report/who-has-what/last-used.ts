import type { AccessLine, AccessReport } from "../../model/access-report.ts";
import { parseCsv } from "../../model/csv.ts";
import { foldCase } from "../../model/text.ts";

/** When a person last used a set in an account, as another system exported it. */
export interface LastUse {
  readonly person: string;
  readonly account: string;
  readonly permissionSet: string;
  readonly lastUsed: string;
}

export type LastUses =
  | { readonly kind: "read"; readonly uses: readonly LastUse[] }
  | { readonly kind: "no-header"; readonly missing: readonly string[] }
  | { readonly kind: "wrong-line"; readonly line: number };

const columns = ["person", "account", "permission_set", "last_used"] as const;

/** Reads the CSV of last uses: a line of column names in any order, then one use on each line; times as ISO 8601. */
export function readLastUses(text: string): LastUses {
  const [head = [], ...rows] = parseCsv(text);
  const names = head.map((name) => name.trim().toLowerCase());
  const missing = columns.filter((column) => !names.includes(column));
  if (missing.length > 0) return { kind: "no-header", missing };
  const uses: LastUse[] = [];
  for (const [index, row] of rows.entries()) {
    if (row.every((cell) => cell.trim() === "")) continue;
    const cell = (column: (typeof columns)[number]): string => (row[names.indexOf(column)] ?? "").trim();
    const lastUsed = cell("last_used");
    if (!/^\d{4}-\d{2}-\d{2}(?:$|[T ])/u.test(lastUsed) || Number.isNaN(Date.parse(lastUsed))) {
      return { kind: "wrong-line", line: index + 2 };
    }
    uses.push({
      person: cell("person"),
      account: cell("account"),
      permissionSet: cell("permission_set"),
      lastUsed,
    });
  }
  return { kind: "read", uses };
}

/** The report with the latest use of each line, and how many uses are of no line. */
export function joinLastUses(
  report: AccessReport,
  uses: readonly LastUse[],
): { readonly report: AccessReport; readonly unmatched: number } {
  const latest = new Map<string, string>();
  for (const { person, account, permissionSet, lastUsed } of uses) {
    const key = keyOf(person, account, permissionSet);
    const known = latest.get(key);
    if (known === undefined || Date.parse(known) < Date.parse(lastUsed)) latest.set(key, lastUsed);
  }
  const met = new Set<string>();
  const access = report.access.map((line) => {
    const found = keysOf(line).filter((key) => latest.has(key));
    for (const key of found) met.add(key);
    const times = found.flatMap((key) => latest.get(key) ?? []);
    const [lastUsed] = times.toSorted((a, b) => Date.parse(b) - Date.parse(a));
    return lastUsed === undefined ? line : { ...line, lastUsed };
  });
  return { report: { ...report, access }, unmatched: latest.size - met.size };
}

function keysOf({ user, account, accountName, permissionSet }: AccessLine): readonly string[] {
  const people = [user?.userName, user?.email, user?.displayName, user?.id];
  const accounts = [account, accountName];
  return people.flatMap((person) =>
    accounts.flatMap((place) =>
      person === undefined || place === undefined ? [] : [keyOf(person, place, permissionSet)],
    ),
  );
}

function keyOf(...parts: readonly string[]): string {
  return JSON.stringify(parts.map(foldCase));
}
