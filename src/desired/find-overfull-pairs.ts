import { groupBy } from "../model/group-by.ts";
import { createIssue, type Issue } from "../model/issue.ts";
import { expand, type Source } from "./merge-sources.ts";

// https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html
const mostGroupsPerPair = 100;

/** Issues, by record, where trusted records together assign more groups to one set in one account than AWS takes. */
export function findOverfullPairs(records: readonly Source[]): ReadonlyMap<string, readonly Issue[]> {
  const groupAssignments = records.flatMap((record) =>
    expand(record)
      .filter(({ principal }) => principal.type === "GROUP")
      .map((assignment) => ({ assignment, ref: record.ref })),
  );
  const pairs = groupBy(
    groupAssignments,
    ({ assignment }) => `${assignment.permissionSet}/${assignment.account}`,
  );
  const issues = [...pairs.values()].flatMap((pair) => {
    const [first] = pair;
    const count = new Set(pair.map(({ assignment }) => assignment.principal.id)).size;
    if (first === undefined || count <= mostGroupsPerPair) return [];
    const { permissionSet, account } = first.assignment;
    const params = { name: permissionSet, account, count, limit: mostGroupsPerPair };
    const refs = new Map(pair.map(({ ref }) => [ref.id, ref]));
    return [...refs.values()].map((ref) => createIssue("assignment.too-many-groups", ref, "groups", params));
  });
  return groupBy(issues, ({ record }) => record.id);
}
