import { describe, expect, test } from "vitest";

import { approved, withGate } from "./gate-world.ts";
import { assignmentApp, readers } from "./small-company.ts";
import { grantsIn, withSandbox } from "./with-sandbox.ts";

const hanakos = { ...readers, users: ["hanako"], accounts: "production" };
const ichiros = { ...hanakos, users: ["ichiro"] };
const both = ["ReadOnly production", "ReadOnly staging"];

test("a record grants nothing before it is approved, and what it says once it is", () =>
  withGate({ assignments: [hanakos] }, async ({ edit, pass, has }) => {
    expect(await pass()).toMatchObject({ result: "applied", issues: [] });
    expect(has("hanako")).toEqual([]);
    edit(1, { ステータス: "承認済み" }, "misaki");
    expect(await pass()).toMatchObject({ result: "applied" });
    expect(has("hanako")).toEqual(["ReadOnly production"]);
  }));

describe("a record that goes back from its approved state", () => {
  test("keeps what was approved last, and neither grants nor removes what its edit says", () =>
    withGate({ assignments: [approved(hanakos)] }, async ({ edit, pass, has }) => {
      await pass();
      edit(1, { ステータス: "変更申請" });
      edit(1, { users: ["ichiro"], accounts: "staging" });
      expect(await pass()).toMatchObject({ result: "in-sync", issues: [] });
      expect(await pass()).toMatchObject({ result: "in-sync" });
      expect([has("hanako"), has("ichiro")]).toEqual([["ReadOnly production"], []]);
      edit(1, { ステータス: "承認済み" }, "misaki");
      await pass();
      expect([has("hanako"), has("ichiro")]).toEqual([[], ["ReadOnly staging"]]);
    }));

  test("keeps it while its users, its accounts or its permission set are blank or wrong", () =>
    withGate({ assignments: [approved(hanakos)] }, async ({ edit, pass, has }) => {
      await pass();
      edit(1, { ステータス: "変更申請", users: [], accounts: "prodution" });
      await pass();
      edit(1, { permission_set: "" });
      await pass();
      expect(has("hanako")).toEqual(["ReadOnly production"]);
    }));

  test("loses nothing without a memory either, and gets nothing new", () =>
    withGate({ assignments: [approved(hanakos)] }, async ({ edit, pass, loseMemory, has }) => {
      await pass();
      edit(1, { ステータス: "変更申請" });
      edit(1, { accounts: "production\nstaging" });
      loseMemory();
      await pass();
      await pass();
      expect(has("hanako")).toEqual(["ReadOnly production"]);
      edit(1, { ステータス: "承認済み" });
      await pass();
      expect(has("hanako")).toEqual(both);
    }));

  test("keeps nothing for a person who is disabled or gone", () =>
    withGate(
      { assignments: [approved({ ...hanakos, users: ["hanako", "ichiro", "kenta"] })] },
      async (company) => {
        const { edit, pass, has, world } = company;
        await pass();
        edit(1, { ステータス: "変更申請" });
        world.aws.state.disableUser("hanako@example.co.jp");
        world.aws.state.removeUser("kenta@example.co.jp");
        await pass();
        expect([has("hanako"), has("ichiro")]).toEqual([[], ["ReadOnly production"]]);
        expect(grantsIn(world)).toHaveLength(1);
      },
    ));
});

test("the author hears once that a record waits, and reports and access say so", () =>
  withGate({ assignments: [approved(hanakos)] }, async ({ edit, pass, world }) => {
    await pass();
    edit(1, { ステータス: "変更申請" });
    const report = await pass();
    await pass();
    expect(report.plan?.gated).toMatchObject([{ record: "1", standing: "pending", state: "変更申請" }]);
    const comments = world.kintone.comments(assignmentApp, 1);
    expect(comments).toHaveLength(1);
    expect(comments[0]?.text).toContain("This record waits for approval.");
    const { stdout } = await world.cli("access --lang en");
    expect(stdout).toContain("waits for approval");
  }));

test("a query that names the status field is told in every report, and is an error beside a gate", () => {
  const config = `kintone: { query: { assignments: 'ステータス in ("承認済み")' } }`;
  return withGate({ assignments: [approved(hanakos)], gated: [], config }, async ({ pass, world }) => {
    expect((await pass()).notes.map(({ code }) => code)).toContain("status-in-query");
    const gated = `kintone: { query: { assignments: 'ステータス in ("承認済み")' }, assignments: { gate: { field: ステータス, approved: ["承認済み"] } } }`;
    const refused = await withSandbox({ config: gated }, (other) => other.cli("plan --lang en"));
    expect(refused.code).not.toBe(0);
    expect(refused.stderr + refused.stdout).toContain("counts as deleted");
    expect(world.kintone.records(assignmentApp)).toHaveLength(1);
  });
});

describe("a record stands for nothing", () => {
  test("in an ended state", () =>
    withGate({ assignments: [approved(hanakos)] }, async ({ edit, pass, has }) => {
      await pass();
      edit(1, { ステータス: "変更申請" });
      await pass();
      edit(1, { ステータス: "失効" }, "misaki");
      expect(await pass()).toMatchObject({ result: "applied" });
      expect(has("hanako")).toEqual([]);
      expect(await pass()).toMatchObject({ result: "in-sync" });
    }));

  test("once it is deleted, pending or not", () =>
    withGate({ assignments: [approved(hanakos), approved(ichiros)] }, async ({ edit, remove, pass, has }) => {
      await pass();
      edit(2, { ステータス: "変更申請" });
      await pass();
      remove(2);
      await pass();
      expect([has("hanako"), has("ichiro")]).toEqual([["ReadOnly production"], []]);
    }));
});

test("records that are ended are removals that the guards count", () => {
  const all = Array.from({ length: 8 }, (_, index) =>
    approved({
      ...hanakos,
      users: [["hanako", "ichiro", "kenta", "misaki"][index % 4] ?? ""],
      accounts: index < 4 ? "production" : "staging",
    }),
  );
  return withGate({ assignments: all }, async ({ edit, pass, has }) => {
    await pass();
    for (const [index] of all.entries()) edit(index + 1, { ステータス: "失効" });
    expect(await pass()).toMatchObject({ result: "refused" });
    expect(has("hanako")).toEqual(both);
  });
});
