import { describe, expect, it } from "vitest";

import { createProcessMemory } from "../../src/memory/process-memory.ts";
import { ownerTag, recordTag } from "../../src/model/ownership.ts";
import { passInProcess } from "./pass-in-process.ts";
import { assignmentApp, permissionSetApp, userName } from "./small-company.ts";
import { grantsIn, withSandbox, type World } from "./with-sandbox.ts";

const owner = "e2e";

interface Scene {
  readonly world: World;
  readonly pass: (environment?: Readonly<Record<string, string>>) => ReturnType<typeof passInProcess>;
}

/** The small company after two passes with a memory, each of which reads everything if told so. */
function settled(use: (scene: Scene) => Promise<void>): Promise<void> {
  return withSandbox({ speed: 1000 }, async (world) => {
    const memoryStore = createProcessMemory(owner);
    const pass = () => passInProcess(world, "sync", {}, undefined, { memoryStore });
    await pass();
    expect(await pass()).toMatchObject({ result: "in-sync" });
    await use({ world, pass });
  });
}

const tagsOf = ({ aws }: World, name: string) =>
  aws.state.permissionSets().find((set) => set.name === name)?.tags ?? {};
const untag = ({ aws }: World, name: string): void =>
  aws.state.untagPermissionSet(name, Object.keys(tagsOf({ aws } as World, name)));
const unmanagedIn = ({ plan }: Awaited<ReturnType<Scene["pass"]>>) =>
  plan?.unmanaged.map(({ target, reason }) => `${target.permissionSet} ${reason}`);
/** Hanako leaves, misaki comes. */
const leaveAndJoin = ({ kintone }: World): void =>
  kintone.updateRecord(assignmentApp, 1, { users: ["ichiro", "misaki"] });

describe("a set that was ours and whose tags cannot be read", () => {
  it.each([1, 3])("is ours again when they are back, after %i passes without", (times) =>
    settled(async ({ world, pass }) => {
      const tags = tagsOf(world, "ReadOnly");
      const grants = grantsIn(world);
      untag(world, "ReadOnly");
      leaveAndJoin(world);
      for (let passes = 0; passes < times; passes += 1) {
        const report = await pass();
        expect(unmanagedIn(report)).toEqual(["ReadOnly owner-tag-missing"]);
        expect(report.issues.filter(({ severity }) => severity === "error")).toEqual([]);
        expect(report.counts.changes).toBe(0);
      }
      expect(grantsIn(world)).toEqual(grants);
      expect(world.kintone.comments(permissionSetApp)).toEqual([]);
      world.aws.state.tagPermissionSet("ReadOnly", tags);
      expect(await pass()).toMatchObject({ result: "applied", violations: [] });
      const holders = grantsIn(world).filter((grant) => grant.startsWith("ReadOnly"));
      expect(holders.some((one) => one.endsWith(world.aws.state.userId(userName("misaki"))))).toBe(true);
      expect(holders.some((one) => one.endsWith(world.aws.state.userId(userName("hanako"))))).toBe(false);
      expect(await pass()).toMatchObject({ result: "in-sync" });
    }),
  );

  it("goes on though it was made in the pass before, which nobody has seen since", () =>
    withSandbox({ speed: 1000 }, async (world) => {
      const memoryStore = createProcessMemory(owner);
      const pass = () => passInProcess(world, "sync", {}, undefined, { memoryStore });
      await pass();
      const tags = tagsOf(world, "Developer");
      untag(world, "Developer");
      await pass();
      world.aws.state.tagPermissionSet("Developer", tags);
      const report = await pass();
      expect(unmanagedIn(report)).toEqual([]);
      expect(report.result).toBe("in-sync");
    }));

  it("has its record renamed meanwhile, and follows once they are back", () =>
    settled(async ({ world, pass }) => {
      const tags = tagsOf(world, "ReadOnly");
      untag(world, "ReadOnly");
      world.kintone.updateRecord(permissionSetApp, 1, { name: "Readers" });
      expect(await pass()).toMatchObject({ counts: { changes: 0 } });
      world.aws.state.tagPermissionSet("ReadOnly", tags);
      for (let passes = 0; passes < 3; passes += 1) await pass();
      expect(world.aws.state.permissionSets().map(({ name }) => name)).toEqual(["Developer", "Readers"]);
      expect(grantsIn(world).filter((grant) => grant.startsWith("Readers"))).toHaveLength(4);
    }));

  it("is told to operators when that lasts, and to no author", () =>
    settled(async ({ world, pass }) => {
      untag(world, "ReadOnly");
      const told = () => JSON.stringify(world.slack.messages).includes("owner tag of ours");
      await pass();
      expect(told()).toBe(false);
      for (let passes = 0; passes < 4; passes += 1) await pass();
      expect(told()).toBe(true);
      expect(world.kintone.comments(assignmentApp, 1)).toEqual([]);
    }));
});

describe("a set that was ours with another owner's tag", () => {
  const other = { [ownerTag]: "somebody else" };

  it("is ours again when it was there once", () =>
    settled(async ({ world, pass }) => {
      world.aws.state.tagPermissionSet("ReadOnly", other);
      expect(unmanagedIn(await pass())).toEqual(["ReadOnly owner-changed"]);
      world.aws.state.tagPermissionSet("ReadOnly", { [ownerTag]: owner });
      leaveAndJoin(world);
      expect(await pass()).toMatchObject({ result: "applied" });
    }));

  it("is given up when it was there twice, and our tag on it is not believed any more", () =>
    settled(async ({ world, pass }) => {
      world.aws.state.tagPermissionSet("ReadOnly", other);
      await pass();
      expect(unmanagedIn(await pass())).toEqual(["ReadOnly not-ours"]);
      const grants = grantsIn(world);
      world.aws.state.tagPermissionSet("ReadOnly", { [ownerTag]: owner });
      leaveAndJoin(world);
      expect(unmanagedIn(await pass())).toEqual(["ReadOnly tag-appeared"]);
      expect(grantsIn(world)).toEqual(grants);
    }));
});

describe("a set that was never ours", () => {
  it.each([{}, { team: "payments" }])(
    "does not become ours by our tags, however often they come and go: %o",
    (tags) =>
      withSandbox(
        { speed: 1000, company: { aws: { permissionSets: [{ name: "Legacy", tags }] } } },
        async (world) => {
          const memoryStore = createProcessMemory(owner);
          const pass = () => passInProcess(world, "sync", {}, undefined, { memoryStore });
          await pass();
          for (let round = 0; round < 2; round += 1) {
            world.aws.state.tagPermissionSet("Legacy", { [ownerTag]: owner, [recordTag]: "77" });
            expect(unmanagedIn(await pass())).toEqual(["Legacy tag-appeared"]);
            untag(world, "Legacy");
            expect(unmanagedIn(await pass())).toEqual(["Legacy not-ours"]);
          }
          expect(world.aws.state.permissionSets().map(({ name }) => name)).toContain("Legacy");
        },
      ),
  );
});
