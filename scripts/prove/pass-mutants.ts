import type { Mutant } from "./mutant.ts";

export const passMutants: readonly Mutant[] = [
  {
    name: "fewer rows than kintone counts end the pass",
    file: "src/kintone/read-records.ts",
    before: 'if (problem !== undefined) return { kind: "changed", problem };',
    after: 'if (problem !== undefined) return { kind: "complete", records: [...records, ...page.records] };',
    run: ["test/simulation/source-sweep.test.ts"],
    fails: "whatever is wrong with the source",
  },
  {
    name: "a number of records that changes in between begins the read anew",
    file: "src/kintone/read-records.ts",
    before: "if (expected !== undefined && totalCount !== expected) {",
    after: "if (expected !== undefined && totalCount < 0) {",
    run: ["test/kintone/record-source.http.test.ts"],
    fails: "Records that change while they are read are read anew once when a record was added",
  },
  {
    name: "a hidden field ends the pass",
    file: "src/kintone/decode-page.ts",
    before: 'if (answered === undefined) return `has no field "${code}"`;',
    after: "if (answered === undefined) return undefined;",
    run: ["test/kintone/record-source.http.test.ts"],
    fails: "A read that cannot be proven complete is refused when a field is missing from one record",
  },
  {
    name: "the answer of another app ends the pass",
    file: "src/kintone/decode-app.ts",
    before: "return success && data.appId === String(appId) ? data.name : undefined;",
    after: "return success && appId > 0 ? data.name : undefined;",
    run: ["test/simulation/source-sweep.test.ts"],
    fails:
      "whatever is wrong with the source, from an empty app to a page that is one per cent short, deletes nothing",
  },
  {
    name: "a change is not tried when what it needs was not applied",
    file: "src/apply/apply-plan.ts",
    before: "if (changeId === undefined) return undefined;",
    after: 'if (changeId === undefined || changeId !== "") return undefined;',
    run: ["test/apply/apply-plan.test.ts"],
    fails: "applying a plan still revokes when every grant fails at its start",
  },
  {
    name: "an operation that AWS fails late is not called applied",
    file: "src/apply/apply-plan.ts",
    before: 'if (ended.status === "succeeded") return { status: "applied", requestId };',
    after: 'if (ended.status !== undefined) return { status: "applied", requestId };',
    run: ["test/apply/apply-plan.test.ts"],
    fails: "applying a plan still revokes when every grant fails at its end",
  },
  {
    name: "a removal is confirmed just before it",
    file: "src/apply/apply-plan.ts",
    before: "if (ended !== undefined) return ended;",
    after: "",
    run: ["test/apply/apply-plan.test.ts"],
    fails: "is confirmed just before, and not written when it is gone already",
  },
  {
    name: "nothing is started where an earlier operation is at work",
    file: "src/apply/apply-plan.ts",
    before: "busyAccounts?.has(account) === true",
    after: "busyAccounts?.has(account) === true && account.length === 0",
    run: ["test/apply/wait-for-earlier.test.ts", "test/apply/apply-plan.test.ts"],
    fails: "keep everything out of their account when they last longer than 2 minutes",
  },
];
