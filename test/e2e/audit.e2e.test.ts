import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { AuditEntry } from "../../src/report/audit-lines.ts";
import { bucket, startBucketServer } from "../memory/bucket-server.ts";
import { appliedSets, assignmentApp, readers, readOnly } from "./small-company.ts";
import { reportIn, requestsOf, withSandbox, writesTo } from "./with-sandbox.ts";

function newPath(): string {
  const directory = mkdtempSync(join(tmpdir(), "audit-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, "audit.jsonl");
}

function entriesIn(path: string): readonly AuditEntry[] {
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  return lines.map((line) => JSON.parse(line) as AuditEntry);
}

/** How often each kind of change was asked of AWS, by the operation that makes it. */
const operations: Readonly<Record<string, string>> = {
  "create-permission-set": "CreatePermissionSet",
  "attach-managed-policy": "AttachManagedPolicyToPermissionSet",
  assign: "CreateAccountAssignment",
  unassign: "DeleteAccountAssignment",
  "delete-permission-set": "DeletePermissionSet",
};

test("an audit file has just one line for every write that AWS received, with who asked and AWS's request", () =>
  withSandbox({}, async (world) => {
    const path = newPath();
    const run = await world.cli(`sync --json --audit ${path}`);
    expect(run.code).toBe(0);
    const entries = entriesIn(path);
    const written = entries
      .map(({ kind }) => operations[kind])
      .toSorted((a, b) => (a ?? "").localeCompare(b ?? ""));
    expect(written).toEqual(writesTo(world).toSorted());
    expect(new Set(entries.map(({ change }) => change)).size).toBe(entries.length);
    const { runId } = reportIn(run);
    for (const entry of entries) expect(entry).toMatchObject({ runId, owner: "e2e", status: "applied" });
    const grants = entries.filter(({ kind }) => kind === "assign");
    expect(grants).toHaveLength(5);
    for (const grant of grants) {
      expect(grant.requestId).toMatch(/^[0-9a-f-]{36}$/u);
      expect(grant.records).toMatchObject([{ app: assignmentApp, modifier: { code: "misaki" } }]);
      expect(grant.records[0]?.revision).toBeGreaterThan(0);
      expect(grant.target.principal?.type === "GROUP" || grant.target.principal?.name).toBeTruthy();
    }

    const again = await world.cli("sync --json", { KINTONE_SSO_SYNC_AUDIT: path });
    expect(again.code).toBe(0);
    expect(entriesIn(path)).toHaveLength(entries.length);
  }));

test("an audit in S3 is one object of the pass, whose lines name the program and the rules that were in force", () =>
  withSandbox({}, async (world) => {
    const server = await startBucketServer();
    const inS3 = {
      AWS_ENDPOINT_URL_S3: server.url,
      KINTONE_SSO_SYNC_AUDIT: `s3://${bucket}/passes/`,
    };
    const run = await world.cli("sync --json", inS3);
    expect(run.code).toBe(0);
    const { runId, outcomes } = reportIn(run);
    expect(server.requests).toHaveLength(1);
    const [, key = ""] = server.requests[0]?.split(`PUT /${bucket}/`) ?? [];
    expect(key).toMatch(new RegExp(`^passes/\\d{4}/\\d{2}/\\d{2}/\\d{6}-${runId}\\.jsonl$`, "u"));
    const lines = server.read(key)?.trimEnd().split("\n") ?? [];
    expect(lines).toHaveLength(outcomes.length);
    const entries = lines.map((line) => JSON.parse(line) as AuditEntry);
    const rules = new Set(entries.map(({ inForce }) => JSON.stringify(inForce)));
    expect([...rules]).toEqual([
      expect.stringMatching(
        /^\{"version":".+","configuration":"[0-9a-f]{32}","guardrails":"[0-9a-f]{32}"\}$/u,
      ),
    ]);

    const again = await world.cli("sync --json", inS3);
    expect([again.code, server.requests.length]).toEqual([0, 1]);
  }));

test("what guards refuse is in the audit file, and nothing was written", () =>
  withSandbox(
    {
      company: {
        permissionSets: [readOnly],
        assignments: [readers],
        aws: { permissionSets: appliedSets },
      },
      config: "guards: { maxDeletions: 0, maxDeletionRatio: 0, maxUsersLosingAllAccess: 0 }\n",
    },
    async (world) => {
      const path = newPath();
      const run = await world.cli(`sync --json --audit ${path}`);
      expect(run.code).toBe(3);
      const entries = entriesIn(path);
      expect(entries.map(({ kind }) => kind)).toEqual(["unassign", "delete-permission-set"]);
      for (const { status, reason } of entries) {
        expect({ status, guards: reason?.code.split(" ") }).toMatchObject({ status: "refused" });
        expect(reason?.code).toContain("deletions");
      }
      expect(writesTo(world)).toEqual([]);
    },
  ));

test("a pass that is killed leaves the lines of what it had done", () =>
  withSandbox({ speed: 10 }, async (world) => {
    const path = newPath();
    const begun = requestsOf(world.aws.failures, "CreateAccountAssignment", 1);
    const cli = await world.startCli(`sync --audit ${path}`);
    await cli.reaches(begun);
    cli.signal("SIGKILL");
    await cli.ended;
    const killed = entriesIn(path);
    expect(killed.map(({ kind }) => kind)).toContain("create-permission-set");
    expect((await world.cli(`sync --audit ${path}`)).code).toBe(0);
    const entries = entriesIn(path);
    expect(entries.slice(0, killed.length)).toEqual(killed);
    expect(new Set(entries.map(({ change }) => change)).size).toBe(entries.length);
  }));

test("what adopt writes is in the configured audit file as well, and what it only shows is not", () =>
  withSandbox(
    { company: { aws: { permissionSets: [{ name: "ReadOnly", sessionDuration: "PT1H" }] } } },
    async (world) => {
      const path = newPath();
      const environment = { KINTONE_SSO_SYNC_AUDIT: path };
      expect((await world.cli("adopt ReadOnly", environment)).code).toBe(0);
      expect(existsSync(path)).toBe(false);
      expect((await world.cli("adopt ReadOnly --yes", environment)).code).toBe(0);
      expect(entriesIn(path)).toMatchObject([
        { kind: "tag-permission-set", status: "applied", target: { permissionSet: "ReadOnly" } },
      ]);
    },
  ));

test("no secret that AWS hands back gets into the audit file", () =>
  withSandbox({}, async (world) => {
    const path = newPath();
    const secrets = ["assignmentAppToken", "xoxb-slack-bot-token"];
    world.aws.failures.add({
      match: { operation: "CreateAccountAssignment" },
      respond: { status: 400, body: { __type: "ValidationException", message: secrets.join(" | ") } },
    });
    await world.cli(`sync --audit ${path}`);
    const text = readFileSync(path, "utf8");
    expect(text).toContain("[secret] | [secret]");
    for (const secret of secrets) expect(text).not.toContain(secret);
  }));

test("an audit file that cannot be written is told once, and the pass goes on", () =>
  withSandbox({}, async (world) => {
    const run = await world.cli("sync --json --lang en --audit /nowhere/at/all.jsonl");
    expect(run.code).toBe(0);
    const { notes, counts } = reportIn(run);
    expect(counts.applied).toBeGreaterThan(5);
    const told = notes.filter(({ code }) => code === "audit-not-written");
    expect(told).toHaveLength(1);
    expect(told[0]?.message).toContain("/nowhere/at/all.jsonl (ENOENT)");
    expect(run.stderr.split("/nowhere/at/all.jsonl")).toHaveLength(2);
  }));
