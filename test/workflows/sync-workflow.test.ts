import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { actionDefinition } from "../e2e/github/run-action.ts";
import { lintWorkflow } from "./lint-workflow.ts";
import { type Job, readWorkflow, stepsOf, type Workflow, workflowText } from "./read-workflow.ts";

const text = workflowText("sync.yml");
const workflow = readWorkflow("sync.yml");

interface Circumstances {
  readonly event: "schedule" | "workflow_dispatch" | "issue_comment";
  readonly vars?: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly comment?: { readonly body: string; readonly issue: number; readonly isPullRequest?: boolean };
  /** What the action made of the comment. */
  readonly mode?: "sync" | "plan";
  readonly buildFails?: boolean;
}

/** The jobs that GitHub would run: its expressions have JavaScript's meaning as far as they are used here. */
function jobsThatRun({
  event,
  vars = {},
  inputs = {},
  comment,
  mode,
  buildFails = false,
}: Circumstances): readonly string[] {
  const issue = { number: comment?.issue, pull_request: comment?.isPullRequest === true ? {} : undefined };
  const github = { event_name: event, event: { issue, comment: { body: comment?.body } } };
  const ran: string[] = [];
  const needs: Record<string, object> = {};
  for (const [name, { if: condition = "true" }] of Object.entries(workflow.jobs)) {
    // oxlint-disable-next-line typescript/no-implied-eval -- the text is this repository's own workflow
    const evaluate = new Function(
      "github",
      "vars",
      "inputs",
      "needs",
      "format",
      "contains",
      "cancelled",
      "always",
      `return Boolean(${condition});`,
    ) as (...context: readonly unknown[]) => boolean;
    const runs = evaluate(
      github,
      vars,
      inputs,
      needs,
      (_format: string, value: unknown) => String(value),
      (all: string, part: string) => all.toLowerCase().includes(part.toLowerCase()),
      () => false,
      () => true,
    );
    if (runs) ran.push(name);
    const failed = name === "build" && buildFails;
    const result = failed ? "failure" : "success";
    needs[name] = {
      result: runs ? result : "skipped",
      outputs: name === "receive" && runs && mode !== undefined ? { mode } : {},
    };
  }
  return ran;
}

const configured = { SYNC_ENVIRONMENT: "kintone-sso-sync", SYNC_ISSUE: "42" };
const command = { body: "/sync", issue: 42 };

describe("the workflow that a company uses", () => {
  it("starts every ten minutes off the full hour, by hand, for new comments, and when it is called", () => {
    expect(workflow.on["schedule"]).toEqual([{ cron: "3-59/10 * * * *" }]);
    expect(workflow.on["issue_comment"]).toEqual({ types: ["created"] });
    const dispatch = workflow.on["workflow_dispatch"] as { readonly inputs: object };
    expect(Object.keys(dispatch.inputs)).toEqual(["approve", "plan-only"]);
    expect(workflow.on).toHaveProperty("workflow_call");
  });

  it.each(["schedule", "workflow_dispatch", "issue_comment"] as const)(
    "does nothing and stays green where nothing is configured, as in a fork: %s",
    (event) => {
      expect(jobsThatRun({ event, comment: command })).toEqual([]);
      expect(jobsThatRun({ event, comment: command, inputs: { environment: "" } })).toEqual([]);
    },
  );

  it("runs a pass on schedule and on dispatch, and builds before only where there is no release", () => {
    for (const event of ["schedule", "workflow_dispatch"] as const) {
      expect(jobsThatRun({ event, vars: configured })).toEqual(["build", "sync"]);
      expect(jobsThatRun({ event, inputs: { environment: "kintone-sso-sync" } })).toEqual(["sync"]);
      expect(jobsThatRun({ event, vars: configured, buildFails: true })).toEqual(["build"]);
    }
  });

  it("reacts first, runs the pass only if the action says so, and then replies", () => {
    const asked = { event: "issue_comment", comment: command, mode: "sync" } as const;
    expect(jobsThatRun({ ...asked, vars: configured })).toEqual(["receive", "build", "sync", "reply"]);
    const called = { environment: "kintone-sso-sync", issue: "42" };
    expect(jobsThatRun({ ...asked, inputs: called })).toEqual(["receive", "sync", "reply"]);
    expect(jobsThatRun({ ...asked, vars: configured, buildFails: true })).toEqual([
      "receive",
      "build",
      "reply",
    ]);
    expect(jobsThatRun({ event: "issue_comment", comment: command, vars: configured })).toEqual(["receive"]);
  });

  it.each(["/sync", "/Sync plan", "／sync", "／ｓｙｎｃ", "/ｓｙｎｃ"])(
    "starts for a command as it is typed: %s",
    (body) => {
      const asked = { event: "issue_comment", comment: { body, issue: 42 }, vars: configured } as const;
      expect(jobsThatRun(asked)).toEqual(["receive"]);
    },
  );

  it.each([
    ["on another issue", { ...command, issue: 43 }],
    ["on a pull request", { ...command, isPullRequest: true }],
    ["about something else", { ...command, body: "Thank you!" }],
  ])("starts no runner for a comment %s", (_where, comment) => {
    expect(jobsThatRun({ event: "issue_comment", comment, vars: configured, mode: "sync" })).toEqual([]);
  });

  it("runs one pass at a time, neither cancels one nor drops a waiting one, and does not let 👀 wait", () => {
    const { concurrency, ...jobs } = { concurrency: workflow.concurrency, ...workflow.jobs };
    expect(concurrency).toBeUndefined();
    const groups = Object.entries(jobs as Readonly<Record<string, Job>>).flatMap(([name, job]) =>
      job.concurrency === undefined ? [] : [[name, job.concurrency]],
    );
    expect(groups).toEqual([
      [
        "sync",
        {
          group:
            "kintone-sso-sync-${{ vars.SYNC_QUEUE || vars.AWS_ROLE_ARN || inputs.environment || vars.SYNC_ENVIRONMENT }}",
          "cancel-in-progress": false,
          queue: "max",
        },
      ],
    ]);
  });

  it("has secrets in the job with the environment only, where no script runs", () => {
    for (const [name, job] of Object.entries(workflow.jobs)) {
      expect(JSON.stringify(job).includes("secrets.")).toBe(name === "sync");
      expect(job.environment !== undefined).toBe(name === "sync");
    }
    expect(workflow.jobs["sync"]?.steps?.filter(({ run }) => run !== undefined)).toEqual([]);
  });

  it("gives 👀 before anything is installed", () => {
    const scripts = workflow.jobs["receive"]?.steps?.flatMap(({ run = [] }) => run);
    expect(scripts).toEqual(["node src/commands/action/action.ts"]);
    expect(workflow.jobs["receive"]?.needs).toBeUndefined();
  });

  it("uses declared inputs and secrets only, and inputs that the action has", () => {
    const { inputs, secrets } = workflow.on["workflow_call"] as Readonly<
      Record<"inputs" | "secrets", object>
    >;
    const used = (pattern: RegExp) => new Set([...text.matchAll(pattern)].map(([, name]) => name));
    for (const name of used(/\binputs\.([a-z-]+)/gu)) expect(Object.keys(inputs)).toContain(name);
    for (const name of used(/\bsecrets\.(\w+)/gu)) expect(Object.keys(secrets)).toContain(name);
    const steps = stepsOf(workflow);
    const given = steps.flatMap(({ env = {}, uses, with: values = {} }) => [
      ...Object.keys(env).flatMap((name) => (name.startsWith("INPUT_") ? [name.slice(6).toLowerCase()] : [])),
      ...(uses === "./.kintone-sso-sync" ? Object.keys(values) : []),
    ]);
    expect(given.length).toBeGreaterThan(10);
    expect(given.filter((name) => !(name in actionDefinition.inputs))).toEqual([]);
  });
});

describe.each(["docs/github-actions.md", "docs/ja/github-actions.md"])(
  "the workflow in %s for another repository",
  (page) => {
    const sample = /```yaml\n(name: kintone-sso-sync\n.*?)```/su.exec(readFileSync(page, "utf8"))?.[1] ?? "";

    it("has 15 lines at most and calls the workflow with inputs that it has, and the permissions it needs", async () => {
      expect(sample.trim().split("\n").length).toBeLessThanOrEqual(15);
      expect(await lintWorkflow(sample, "sample.yml")).toEqual([]);
      const { on, jobs } = parse(sample) as Workflow;
      expect(on["schedule"]).toEqual([{ cron: "3-59/10 * * * *" }]);
      expect(on["issue_comment"]).toEqual({ types: ["created"] });
      const [job] = Object.values(jobs);
      expect(job?.uses).toMatch(/\/kintone-sso-sync\/\.github\/workflows\/sync\.yml@/u);
      expect(job?.permissions).toEqual({ contents: "read", "id-token": "write", issues: "write" });
      const { inputs } = workflow.on["workflow_call"] as { readonly inputs: object };
      expect(Object.keys(job?.with ?? {}).filter((name) => !(name in inputs))).toEqual([]);
    });
  },
);
