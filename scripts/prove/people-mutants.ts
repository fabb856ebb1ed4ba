import type { Mutant } from "./mutant.ts";

const orphans = ["test/plan/orphans.test.ts"];
const adoption = ["test/commands/adopt/plan-adoption.test.ts"];

/** About who is deleted from the directory, and about sets that somebody wants to take over. */
export const peopleMutants: readonly Mutant[] = [
  {
    name: "an assignment of somebody deleted is told from others",
    file: "src/plan/plan-assignments.ts",
    before: "const orphaned = !input.exists(assignment.principal);",
    after: "const orphaned = false;",
    run: orphans,
    fails:
      "an assignment of somebody who was deleted from the directory goes although a record that cannot be read holds everything else",
  },
  {
    name: "a removal says that its principal is deleted, so that this is confirmed",
    file: "src/plan/plan-assignments.ts",
    before: 'orphaned ? { ...change, because: "principal-deleted" } : change',
    after: "change",
    run: orphans,
    fails: "goes although a record still names them, while the record's other people keep theirs",
  },
  {
    name: "whoever is in the directory is not deleted",
    file: "src/plan/create-plan.ts",
    before: "ids[type].has(id)",
    after: 'ids[type].has(id) && type === "GROUP"',
    run: orphans,
    fails: "is not marked when the user is there and only no record asks any more",
  },
  {
    name: "a set that is ours is not adopted again",
    file: "src/commands/adopt/plan-adoption.ts",
    before: 'return "already-managed";',
    after: "return undefined;",
    run: adoption,
    fails: "Adopting a permission set is refused when it is ours already",
  },
  {
    name: "a set in the management account is not adopted",
    file: "src/commands/adopt/plan-adoption.ts",
    before: 'return "provisioned-in-management-account";',
    after: "return undefined;",
    run: adoption,
    fails: "Adopting a permission set is refused when it is provisioned in the management account",
  },
  {
    name: "a set whose record cannot be trusted is not adopted, and it is said why",
    file: "src/commands/adopt/plan-adoption.ts",
    before: 'isHeld ? "record-has-issues" : "no-record"',
    after: '"no-record"',
    run: adoption,
    fails: "Adopting a permission set is refused when it has a record with issues",
  },
  {
    name: "a set without a record is not adopted",
    file: "src/commands/adopt/plan-adoption.ts",
    before: "(one) => one.name === name)?.record",
    after: '(one) => one.name === name)?.record ?? { app: "permissionSets", id: "0" }',
    run: adoption,
    fails: "Adopting a permission set is refused when it has no record",
  },
  {
    name: "what marks a set as adopted is of that set alone",
    file: "src/commands/adopt/plan-adoption.ts",
    before: "adoptedValue(set.arn, owner)",
    after: "adoptedValue(set.name, owner)",
    run: adoption,
    fails: "writes the owner, the record and a value that belongs to this set alone",
  },
];
