import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";

import { classRules } from "../../src/access/judged-class.ts";
import { createSignedMemory } from "../../src/memory/signed-memory.ts";
import { passInProcess } from "./pass-in-process.ts";
import { appliedSets } from "./small-company.ts";
import { grantsIn, withSandbox } from "./with-sandbox.ts";

const key = "a-key-of-at-least-thirty-two-characters";
const signing = createSignedMemory("e2e", [{ kind: "random", secret: key }], Date.now);

/** Has the memory say that a version with other rules took every set for an ordinary one. */
async function forgetClasses(path: string): Promise<void> {
  const loaded = signing.read(await readFile(path));
  if (loaded.kind !== "memory") throw new Error(loaded.kind);
  const { classes = {} } = loaded.memory;
  const before = Object.entries(classes).map(([one, { revision, policies }]) => [
    one,
    { revision, policies, class: "ordinary" as const },
  ]);
  const text = signing.write({ ...loaded.memory, classes: Object.fromEntries(before) }, Date.now());
  if (typeof text !== "string") throw new Error(text.code);
  await writeFile(path, text);
}

test("access that only newer rules deny stays, plan and doctor list its set, and once the rules are accepted it goes", () =>
  withSandbox({ company: { aws: { permissionSets: appliedSets } } }, async (world) => {
    const folder = await mkdtemp(join(tmpdir(), "class-rules-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, "memory.json");
    const memory = { KINTONE_SSO_SYNC_MEMORY: path, KINTONE_SSO_SYNC_MEMORY_KEY: key };
    await passInProcess(world, "sync", memory);
    await forgetClasses(path);
    const rules = "rules: [{ name: no roles of others, effect: deny, runsAsOtherRoles: true }]";
    const file = (accepted: number) =>
      `${world.config}guardrails: { enforce: true, acceptedClassRules: ${accepted}, ${rules} }\n`;
    const config = join(folder, "config.yaml");
    const doctor = async (lang: string) =>
      (await world.cli(`doctor --config ${config} --lang ${lang}`, memory)).stdout;

    const before = grantsIn(world);
    await writeFile(config, file(0));
    const planned = await passInProcess({ ...world, config: file(0) }, "sync", memory);
    expect(planned.notes.find(({ code }) => code === "class-rules")?.message).toContain(
      "Developer (1 assignment)",
    );
    expect(grantsIn(world)).toEqual(before);
    expect(await doctor("en")).toMatch(
      new RegExp(
        `^– Administrator class: rules ${classRules}, accepted 0\\..*Developer \\(1 assignment\\).*\\n {4}→ .*acceptedClassRules to ${classRules}`,
        "mu",
      ),
    );
    expect(await doctor("ja")).toMatch(
      /^– 管理者の判定: .*Developer（割り当て1件）.*\n {4}→ .*acceptedClassRules/mu,
    );

    await writeFile(config, file(classRules));
    expect(await doctor("en")).toContain(`✓ Administrator class: rules ${classRules}; no access`);
    await passInProcess({ ...world, config: file(classRules) }, "sync", memory);
    expect(grantsIn(world)).toEqual(before.filter((one) => !one.startsWith("Developer")));
  }));
