import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { runCommandLine } from "../../src/commands/command-line.ts";
import { decodeRound, type ReviewRound } from "../../src/reviews/round.ts";
import { fakeProcess } from "../fake-process.ts";
import { assignmentApp, developers, readers, smallCompany } from "./small-company.ts";
import { withSandbox, type World, writesTo } from "./with-sandbox.ts";

/** `init` makes the four apps behind the company's own two: accounts, permission sets, assignments, reviews. */
const reviewApp = 15;
const company = smallCompany({ assignments: [readers, developers] });
const seed = {
  ...company,
  kintone: {
    ...company.kintone,
    users: company.kintone.users.map((user) => ({ ...user, password: "secret-of-the-person" })),
  },
};
const options = { seed, config: `kintone: { reviews: { app: ${reviewApp} } }` };

async function folder(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "review-app-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

/** Makes the apps; resolves with the environment of whoever runs reviews. */
async function makeApps(world: World, directory: string): Promise<Readonly<Record<string, string>>> {
  const {
    KINTONE_API_TOKEN: _token,
    KINTONE_PERMISSION_SET_APP: _sets,
    KINTONE_ASSIGNMENT_APP: _assignments,
    ...environment
  } = world.environment;
  const fake = fakeProcess({
    args: "init --lang ja --reviews --yes".split(" "),
    environment: {
      ...environment,
      KINTONE_USERNAME: "hanako",
      KINTONE_PASSWORD: "secret-of-the-person",
      AWS_REGION: "ap-northeast-1",
    },
    directory,
  });
  expect([await runCommandLine(fake.face, "0.0.0"), fake.stderr()]).toEqual([
    0,
    expect.stringContaining("KINTONE_REVIEWS_API_TOKEN"),
  ]);
  expect(await readFile(join(directory, "kintone-sso-sync.yaml"), "utf8")).toContain(
    `reviews: { app: ${reviewApp} }`,
  );
  return { KINTONE_REVIEWS_API_TOKEN: world.kintone.createToken(reviewApp, ["view", "add"]) };
}

async function roundIn(path: string): Promise<ReviewRound> {
  const round = decodeRound(await readFile(path, "utf8"));
  if (typeof round !== "object") throw new Error(round);
  return round;
}

test("a review in kintone has one line for each access, says who decided and when, and takes nothing away itself", () =>
  withSandbox(options, async (world) => {
    const directory = await folder();
    const [round, audit] = [join(directory, "round.json"), join(directory, "audit.jsonl")];
    const token = await makeApps(world, directory);
    await world.cli("sync");
    const lines = () => world.kintone.records(reviewApp);
    const writesElsewhere = () => writesTo(world).filter((path) => !path.endsWith("/records.json")).length;
    const before = writesElsewhere();
    const start = `review start --due 2099-12-31 --round ${round} --lang ja`;
    const started = await world.cli(start, token);
    expect([started.code, started.stdout]).toEqual([0, expect.stringContaining(`/k/${reviewApp}/`)]);
    const { lines: asked } = await roundIn(round);
    expect(lines()).toHaveLength(asked.length);

    // Interrupted after some of the lines, or begun anew on another machine: never two lines for one access.
    const [lost] = lines();
    world.kintone.deleteRecord(reviewApp, Number(lost?.["$id"]?.value));
    expect((await world.cli(start, token)).code).toBe(0);
    await rm(round);
    expect((await world.cli(start, token)).code).toBe(0);
    expect(lines()).toHaveLength(asked.length);
    expect(new Set(lines().map(({ key }) => key?.value)).size).toBe(asked.length);

    const toRemove = lines().find(
      ({ permission_set: set, account_name: account, person }) =>
        set?.value === "ReadOnly" &&
        account?.value === "production" &&
        String(person?.value).startsWith("ichiro"),
    );
    const decide = (id: unknown, decision: string, by: string): void =>
      world.kintone.updateRecord(reviewApp, Number(id), { decision, comment: "異動しました" }, by);
    decide(toRemove?.["$id"]?.value, "削除", "hanako");
    const status = await world.cli(`review status ${round} --lang en`, token);
    expect([status.code, status.stdout]).toEqual([
      0,
      expect.stringMatching(/^1 of \d+ accesses decided: 0 keep, 1 remove/u),
    ]);
    const collected = await world.cli(`review collect ${round} --lang en`, token);
    expect(collected.stdout).toMatch(/decided by .*\(hanako\): 異動しました/u);
    expect(collected.stdout).toMatch(/Draft of a comment:\n {4}\| In the review of access/u);
    expect(writesElsewhere()).toBe(before);

    // People change the records; the next sync takes the access away, and the round keeps with which request.
    const record = asked
      .find(({ permissionSet, userName }) => permissionSet === "ReadOnly" && userName.startsWith("ichiro"))
      ?.records[0]?.name.split("#")[1];
    world.kintone.updateRecord(assignmentApp, Number(record), { users: ["hanako"] });
    await world.cli(`sync --audit ${audit}`);
    for (const line of lines())
      if (line["decision"]?.value !== "削除") decide(line["$id"]?.value, "維持", "ichiro");
    expect((await world.cli(`review collect ${round} --audit ${audit} --lang ja`, token)).code).toBe(0);
    const finished = await roundIn(round);
    expect(finished.finishedAt).toBeDefined();
    const removed = finished.lines.filter(({ removal }) => removal !== undefined);
    expect(removed).toHaveLength(1);
    expect(removed[0]?.decision).toMatchObject({ decision: "remove", comment: "異動しました" });
    expect(removed[0]?.removal?.requestId).toMatch(/^[0-9a-f-]{36}$/u);
    expect(finished.population.count).toBe(finished.lines.length);

    // What was decided stays, whatever somebody chooses afterwards.
    decide(toRemove?.["$id"]?.value, "維持", "hanako");
    const changed = await world.cli(`review collect ${round} --lang en`, token);
    expect([changed.code, changed.stderr]).toEqual([1, expect.stringContaining("#record=")]);
    expect((await roundIn(round)).hash).toBe(finished.hash);
  }));

test("a review in kintone says where its token is missing, and goes on once it is there", () =>
  withSandbox(options, async (world) => {
    const directory = await folder();
    const round = join(directory, "round.json");
    const token = await makeApps(world, directory);
    await world.cli("sync");
    const without = await world.cli(`review start --due 2099-12-31 --round ${round} --lang ja`);
    expect([without.code, without.stderr]).toEqual([1, expect.stringContaining("KINTONE_REVIEWS_API_TOKEN")]);
    expect((await world.cli(`review start --due 2099-12-31 --round ${round} --lang ja`, token)).code).toBe(0);
    expect(world.kintone.records(reviewApp)).toHaveLength((await roundIn(round)).lines.length);
  }));
