import type { Mutant } from "./mutant.ts";

const assignments = ["test/desired/build-assignments.test.ts"];
const sets = ["test/desired/build-permission-sets.test.ts"];

export const desiredMutants: readonly Mutant[] = [
  {
    name: "a record with a problem grants nothing",
    file: "src/desired/build-assignments.ts",
    before: "return !issues.some(({ code }) => holdsRecord(code));",
    after: 'return !issues.some(({ code }) => holdsRecord(code) && code === "field.required");',
    run: assignments,
    fails: "the same assignment from two records stays desired when one of the two records is held",
  },
  {
    name: "a record with a problem holds what it may have granted",
    file: "src/desired/build-assignments.ts",
    before: "if (reason === undefined) return [];\n  const { ref } = record;",
    after: 'if (reason !== "principal-waiting") return [];\n  const { ref } = record;',
    run: assignments,
    fails: "the same assignment from two records stays desired when one of the two records is held",
  },
  {
    name: "a record whose user has not arrived holds what it may have granted",
    file: "src/desired/build-assignments.ts",
    before: 'return record.waiting.length > 0 ? "principal-waiting" : undefined;',
    after: "return undefined;",
    run: assignments,
    fails:
      "what an untrusted assignment record may have granted is held while a user is waiting: for every principal, though the others are granted",
  },
  {
    name: "a part that cannot be read holds everything",
    file: "src/desired/may-have-granted.ts",
    before: 'return isCertain ? new Set([...named, ...earlier]) : "any";',
    after: "return new Set([...named, ...earlier]);",
    run: assignments,
    fails: "what an untrusted assignment record may have granted is held with an unknown account",
  },
  {
    name: "memory narrows a hold only to the revision it knows",
    file: "src/desired/may-have-granted.ts",
    before: "const isCertain = before !== undefined && isNextRevision(text.revision, before);",
    after: "const isCertain = before !== undefined;",
    run: ["test/desired/remembered-requests.test.ts"],
    fails:
      "a record whose fields were emptied holds everything when a version in between may have been carried out by a pass that memory does not know",
  },
  {
    name: "memory of another instance means nothing",
    file: "src/desired/build-desired-state.ts",
    before: "memory?.instanceArn === actual.instance.arn ? (memory.requests ?? {}) : {}",
    after: "memory?.requests ?? (actual === undefined ? {} : {})",
    run: ["test/desired/remembered-requests.test.ts"],
    fails: "a record whose fields were emptied holds everything when memory is about another instance",
  },
  {
    name: "more groups than AWS takes are told and held",
    file: "src/desired/find-overfull-pairs.ts",
    before: "if (first === undefined || count <= mostGroupsPerPair) return [];",
    after: "if (first === undefined || count > 0) return [];",
    run: assignments,
    fails: "more than a hundred groups on one set in one account are refused in one record",
  },
  {
    name: "records that disagree about a set are held",
    file: "src/desired/build-permission-sets.ts",
    before: "if (new Set(sameName.map(fingerprint)).size <= 1) return [];",
    after: "if (new Set(sameName.map(fingerprint)).size >= 0) return [];",
    run: sets,
    fails: "two records with one name are both held and each is told of the other when they disagree",
  },
  {
    name: "somebody else's set is not taken over",
    file: "src/desired/build-permission-sets.ts",
    before: '? [createIssue("permission-set.not-managed", ref, "name", { name })]',
    after: "? []",
    run: sets,
    fails: "a name that a set in Identity Center already has is refused when the set is somebody else's",
  },
  {
    name: "a name that another record's set still has is not taken over",
    file: "src/desired/names-in-use.ts",
    before: "return isRenumbered(set, record, other) ? [] : [[record, other] as const];",
    after: "return isRenumbered(set, record, other) || set.managed ? [] : [[record, other] as const];",
    run: sets,
    fails:
      "a name that a set in Identity Center already has is in use while the record that defined the set is there under another name",
  },
  {
    name: "a name that two people have is nobody's",
    file: "src/desired/resolve-principals.ts",
    before: "if (matches.length > 1) {\n    keepHolder(named, users.known",
    after: "if (matches.length > 1_000) {\n    keepHolder(named, users.known",
    run: ["test/desired/resolve-principals.test.ts"],
    fails: "two users whose names differ only in case are ambiguous, and both are named",
  },
  {
    name: "a group's name that two groups have is nobody's",
    file: "src/desired/resolve-principals.ts",
    before: "if (matches.length > 1) {\n    keepHolder(named, known",
    after: "if (matches.length > 1_000) {\n    keepHolder(named, known",
    run: ["test/desired/resolve-principals.test.ts"],
    fails: "a group whose display name two groups have is ambiguous",
  },
  {
    name: "an account's name that two accounts have is nobody's",
    file: "src/desired/resolve-accounts.ts",
    before: "if (matches.length > 1) {",
    after: "if (matches.length > 1_000) {",
    run: ["test/desired/resolve-accounts.test.ts"],
    fails: "an account whose name two accounts have is told with both ids",
  },
];
