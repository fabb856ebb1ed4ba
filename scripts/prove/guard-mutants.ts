import type { Mutant } from "./mutant.ts";

const guards = ["test/plan/check-guards.test.ts"];
const approval = ["test/plan/approval.test.ts"];

export const guardMutants: readonly Mutant[] = [
  {
    name: "an empty app refuses the plan",
    file: "src/plan/guards/source.ts",
    before: "if (deletions === 0 || (records.permissionSets > 0 && records.assignments > 0)) return [];",
    after: "if (deletions >= 0) return [];",
    run: guards,
    fails:
      "the guard on empty apps refuses a plan that deletes anything when there is no record: permission sets",
  },
  {
    name: "too many deletions refuse the plan",
    file: "src/plan/guards/deletions.ts",
    before: "const withinCount = deletions <= maxDeletions;",
    after: "const withinCount = deletions <= maxDeletions || deletions > 0;",
    run: guards,
    fails:
      "the guard on deletions refuses a plan that exceeds the count and the ratio, and gives the numbers",
  },
  {
    name: "the limit is written as “not within”, so that 0 ÷ 0 refuses",
    file: "src/plan/guards/deletions.ts",
    before: "const withinRatio = deletions / managed <= maxDeletionRatio;",
    after: "const withinRatio = !(deletions / managed > maxDeletionRatio);",
    run: guards,
    fails: "the guard on deletions takes a ratio that cannot be told for one that is exceeded",
  },
  {
    name: "users losing their last access refuse the plan",
    file: "src/plan/guards/lost-access.ts",
    before: "if (users <= maxUsersLosingAllAccess) return [];",
    after: "if (users >= 0) return [];",
    run: guards,
    fails:
      "the guard on users who lose all access lets exactly the limit through and refuses one more, with the numbers",
  },
  {
    name: "a refused plan is not applied",
    file: "src/model/pass.ts",
    before: "pass.plan.changes.filter(({ id }) => !refused.has(id));",
    after: "pass.plan.changes.filter(({ id }) => id.length > 0 || refused.has(id));",
    run: ["test/simulation/source-sweep.test.ts"],
    fails: "whatever is wrong with the source",
  },
  {
    name: "an approval is for one plan",
    file: "src/plan/approval.ts",
    before: 'if (plan !== parsed(wanted.code)?.plan) return "other-plan";',
    after: "",
    run: approval,
    fails: "an approval does not count for another plan, other guards, or a plan that nobody can approve",
  },
  {
    name: "a set is ours by the exact value of our tag",
    file: "src/model/ownership.ts",
    before: "return Object.hasOwn(tags, ownerTag) && tags[ownerTag] === owner;",
    after: "return Object.hasOwn(tags, ownerTag) && owner !== undefined;",
    run: ["test/peer-defects.test.ts"],
    fails: "D3",
  },
  {
    name: "a set is ours by the exact key of our tag",
    file: "src/model/ownership.ts",
    before: "return Object.hasOwn(tags, ownerTag) && tags[ownerTag] === owner;",
    after: "return Object.keys(tags).some((key) => ownerTag.includes(key)) || tags[ownerTag] === owner;",
    run: ["test/peer-defects.test.ts"],
    fails: "D3",
  },
  {
    name: "a source that shrank refuses the plan, by memory",
    file: "src/plan/guards/source.ts",
    before: "if (!fell) return undefined;",
    after: "if (!fell || limits.maxRecordShrink >= 0) return undefined;",
    run: guards,
    fails:
      "the guard on a source that shrank, against the memory lets exactly the limit through and refuses one more in either app, with the numbers",
  },
  {
    name: "a source that shrank refuses the plan, by what AWS shows",
    file: "src/plan/guards/source.ts",
    before: "if (deletions <= maxDeletions || !fell) return undefined;",
    after: "if (deletions >= 0) return undefined;",
    run: guards,
    fails:
      "the guard on a source that shrank, by what AWS shows refuses when more than the limit of the managed sets have no record any more",
  },
  {
    name: "the deletions of a day refuse the plan",
    file: "src/plan/guards/deletions.ts",
    before: "const withinCount = earlier + deletions <= maxDeletionsPerDay;",
    after: "const withinCount = deletions <= maxDeletionsPerDay;",
    run: guards,
    fails:
      "the guard on the deletions of a day counts those of the last 24 hours with those of the plan: exactly the limit goes through, one more does not",
  },
  {
    name: "an account keeps its last administrator",
    file: "src/plan/guards/administrators.ts",
    before: "if (lost.length === 0) return [];",
    after: "if (lost.length >= 0) return [];",
    run: guards,
    fails: "the guard on the last administrator of an account refuses to take it away, and names the account",
  },
  {
    name: "too many new administrators refuse the plan",
    file: "src/plan/guards/administrators.ts",
    before: "if (grants <= maxAdminGrants) return [];",
    after: "if (grants >= 0) return [];",
    run: guards,
    fails:
      "the guard on new administrators lets exactly the limit through and refuses one more, with the numbers",
  },
  {
    name: "a set that is still named is not deleted, at the second look",
    file: "src/plan/guards/untouchable.ts",
    before: "if (refused.length === 0) return [];",
    after: "if (refused.length >= 0) return [];",
    run: guards,
    fails:
      "the guard on sets that records still name refuses the deletion of a set that an assignment record names",
  },
  {
    name: "what is protected is not written to, at the second look",
    file: "src/plan/guards/untouchable.ts",
    before: "if (touched.length === 0) return [];",
    after: "if (touched.length >= 0) return [];",
    run: guards,
    fails: "the guard on what must never be written to refuses a change of the management account",
  },
  {
    name: "an approval is used once",
    file: "src/plan/approval.ts",
    before: 'if (typeof memory === "object" && isUsed(code, memory)) return "used";',
    after: "",
    run: approval,
    fails: "an approval counts once",
  },
  {
    name: "an approval is over after a day",
    file: "src/plan/approval.ts",
    before: 'if (nowMs - shownAtMs >= dayMs) return "expired";',
    after: "",
    run: approval,
    fails: "an approval counts for the plan that was refused, at once and until 24 hours later",
  },
  {
    name: "an approval is used up with all codes of its plan",
    file: "src/plan/approval.ts",
    before: "parsed(code)?.plan === plan &&",
    after: "parsed(code)?.plan === plan && parsed(code)?.shownAtMs === shownAtMs &&",
    run: approval,
    fails:
      "an approval is used up with every code that was shown for the same plan until then, and with none shown later",
  },
  {
    name: "an approval means nothing to a memory that is younger",
    file: "src/plan/approval.ts",
    before: "&& shownAtMs + minuteMs > Date.parse(memory.since)",
    after: "",
    run: approval,
    fails: "an approval does not count when the memory was lost, or is younger than the code",
  },
  {
    name: "an approval is for the guards that refused",
    file: "src/plan/approval.ts",
    before: "guards: violations.map(({ guard }) => guard).toSorted(),",
    after: "guards: [],",
    run: approval,
    fails:
      "the code of a refused plan does not depend on the order of the guards, and is another one for another plan or other guards",
  },
  {
    name: "what is never right cannot be approved",
    file: "src/plan/approval.ts",
    before: "const approvable = violations.filter(isApprovable);",
    after: "const approvable = violations.filter((one) => isApprovable(one) || one.guard.length > 0);",
    run: approval,
    fails: "the code of a refused plan is not given for what the guard permission-set-still-named refuses",
  },
  {
    name: "a tag that appeared makes no set ours",
    file: "src/plan/trust-ownership.ts",
    before: 'foreign.has(arn) ? "tag-appeared" : undefined',
    after: 'foreign.has(arn) && arn.length === 0 ? "tag-appeared" : undefined',
    run: ["test/plan/trust-ownership.test.ts"],
    fails:
      "our owner tag on a set that was not ours the last time has nothing removed and nothing changed, and is told",
  },
  {
    name: "copied tags make no set ours",
    file: "src/plan/trust-ownership.ts",
    before: 'adoptedValue(arn, owner) ? undefined : "tags-copied"',
    after: "adoptedValue(arn, owner) ? undefined : undefined",
    run: ["test/plan/trust-ownership.test.ts"],
    fails: "without a memory a set with the adopted tag of another set is not ours",
  },
];
