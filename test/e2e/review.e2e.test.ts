import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseCsv, renderCsv } from "../../src/model/csv.ts";
import { decodeRound, type ReviewRound } from "../../src/reviews/round.ts";
import { accounts, assignmentApp, developers, readers } from "./small-company.ts";
import { withSandbox } from "./with-sandbox.ts";

/** Writes the same decision beside each access of the sheet that the test picks. */
async function decide(sheet: string, decisionOf: (row: readonly string[]) => string): Promise<void> {
  const [head = [], ...rows] = parseCsv(await readFile(sheet, "utf8"));
  const filled = rows
    .filter((row) => row.length > 1)
    .map((row) => [...row.slice(0, -3), decisionOf(row), "bob", "left the team"]);
  await writeFile(sheet, renderCsv([head, ...filled]));
}

async function roundIn(path: string): Promise<ReviewRound> {
  const round = decodeRound(await readFile(path, "utf8"));
  if (typeof round !== "object") throw new Error(round);
  return round;
}

test("a review goes from the list through the decisions to the removal that a person asked for in kintone, and takes nothing away itself", async () => {
  const folder = await mkdtemp(join(tmpdir(), "review-"));
  const [round, sheet, audit] = ["round.json", "round.csv", "audit.jsonl"].map((name) => join(folder, name));
  if (round === undefined || sheet === undefined || audit === undefined) throw new Error("no folder");
  try {
    await withSandbox({ company: { assignments: [readers, developers] } }, async (world) => {
      await world.cli("sync");
      const writes = () =>
        world.aws.requests.filter(({ kind }) => kind === "write").length +
        world.kintone.requests.filter(({ kind }) => kind === "write").length;
      const before = writes();
      const start = `review start --due 2099-12-31 --round ${round} --lang en`;
      const started = await world.cli(start);
      expect([started.code, started.stdout]).toEqual([0, expect.stringContaining(sheet)]);

      // Interrupted after the first file, and run again: the same round, the same sheet, no line twice.
      const whole = await readFile(sheet, "utf8");
      await rm(sheet);
      expect((await world.cli(start)).code).toBe(0);
      expect(await readFile(sheet, "utf8")).toBe(whole);
      const first = (await roundIn(round)).lines.find(
        ({ permissionSet, account }) => permissionSet === "ReadOnly" && account === accounts.production,
      );
      await decide(sheet, (row) => (row[0] === first?.key ? "remove" : ""));
      const status = await world.cli(`review status ${round} --lang en`);
      expect(status.stdout).toMatch(/^1 of \d+ accesses decided: 0 keep, 1 remove/u);
      const again = await world.cli(start);
      expect([again.code, again.stdout]).toEqual([0, expect.stringContaining("has begun already")]);

      const collected = await world.cli(`review collect ${round} --lang en`);
      expect(collected.code).toBe(0);
      const [record] = first?.records ?? [];
      expect(collected.stdout).toContain(`${record?.name ?? ""}  ${record?.url ?? ""}`);
      expect(collected.stdout).toContain("decided by bob: left the team");
      expect(collected.stdout).toMatch(/Draft of a comment:\n {4}\| In the review of access/u);
      expect(writes()).toBe(before);

      // The person changes the record; the next sync takes the access away and audits it.
      world.kintone.updateRecord(assignmentApp, Number(record?.name.split("#")[1]), { accounts: "staging" });
      expect((await world.cli(`sync --audit ${audit} --lang en`)).stdout).toContain(
        "All changes were applied",
      );
      await decide(sheet, (row) => (row[0] === first?.key ? "remove" : "keep"));
      expect((await world.cli(`review collect ${round} --audit ${audit} --lang en`)).code).toBe(0);
      const finished = await roundIn(round);
      expect(finished.finishedAt).toBeDefined();
      const own = finished.lines.find(({ key }) => key === first?.key);
      expect(own?.decision).toMatchObject({ decision: "remove", reviewer: "bob" });
      expect(finished.lines.every(({ decision }) => decision !== undefined)).toBe(true);
      expect(finished.lines.filter(({ removal }) => removal !== undefined).map(({ key }) => key)).toEqual([
        first?.key,
      ]);
      expect(own?.removal?.requestId).toMatch(/^[0-9a-f-]{36}$/u);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a sheet with a mistake, another round's day and a file that was changed by hand are refused, each with what to do", async () => {
  const folder = await mkdtemp(join(tmpdir(), "review-"));
  const [round, sheet] = [join(folder, "round.json"), join(folder, "round.csv")];
  try {
    await withSandbox({ company: { assignments: [readers] } }, async (world) => {
      await world.cli("sync");
      await world.cli(`review start --due 2099-12-31 --round ${round}`);
      const text = await readFile(round, "utf8");
      await decide(sheet, () => "perhaps");
      const collected = await world.cli(`review collect ${round} --lang ja`);
      expect([collected.code, collected.stdout]).toEqual([1, ""]);
      expect(collected.stderr).toContain("2行目: 「perhaps」は判定として使えません");
      expect(await readFile(round, "utf8")).toBe(text);

      const other = await world.cli(`review start --due 2098-01-01 --round ${round} --lang en`);
      expect([other.code, other.stderr]).toEqual([1, expect.stringContaining("2099-12-31")]);
      const noDay = await world.cli(`review start --due 2099-02-30 --round ${round} --lang en`);
      expect([noDay.code, noDay.stderr]).toEqual([1, expect.stringContaining("a day such as")]);
      await writeFile(round, text.replace("ReadOnly", "Admin"));
      const changed = await world.cli(`review status ${round} --lang en`);
      expect([changed.code, changed.stderr]).toEqual([1, expect.stringContaining("hash does not fit")]);
      const missing = await world.cli(`review status ${folder}/none.json --lang en`);
      expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining("review start")]);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
