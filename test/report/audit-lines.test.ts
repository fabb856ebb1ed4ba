import { describe, expect, it } from "vitest";
import { requestId } from "../../src/model/ids.ts";
import type { Change } from "../../src/model/plan.ts";
import { type AuditEntry, createAuditor, renderAuditLine } from "../../src/report/audit-lines.ts";
import {
  actualState,
  definition,
  directory,
  managedPolicy,
  managedSet,
  now,
  owner,
  production,
  recordRef,
  user,
} from "../builders.ts";
import { hostileTexts } from "../corpus/hostile-texts.ts";
import {
  applied,
  assign,
  attachPolicy,
  deleteSet,
  failed,
  passOf,
  planOf,
  skipped,
  unassign,
} from "./builders.ts";

const anna = user("anna");
const record = recordRef({
  app: "assignments",
  id: "7",
  revision: 3,
  modifier: { code: "hanako", name: "佐藤 花子" },
});
const grant = assign("ReadOnly", production, anna, { records: [record] });
const inForce = { version: "1.2.3", configuration: "c0", guardrails: "9a" };
const context = { runId: "run-1", owner, language: "en", inForce } as const;

function auditor(changes: readonly Change[], overrides: Parameters<typeof passOf>[0] = {}) {
  return createAuditor(passOf({ plan: planOf(changes), ...overrides }), context);
}

describe("the audit line of a change", () => {
  it("says who asked for what, where, and what became of it", () => {
    expect(auditor([grant]).outcome(applied(grant))).toEqual({
      schemaVersion: 1,
      at: new Date(now + 1_500).toISOString(),
      runId: "run-1",
      inForce,
      owner,
      instanceArn: actualState().instance.arn,
      planHash: planOf([grant]).hash,
      change: grant.id,
      kind: "assign",
      before: null,
      after: grant.target,
      status: "applied",
      requestId: "request-assign",
      target: {
        permissionSet: "ReadOnly",
        account: production,
        accountName: "Production",
        principal: { type: "USER", id: anna.id, name: anna.userName },
      },
      records: [
        {
          app: 11,
          record: "7",
          revision: 3,
          updatedAt: "2026-11-19T09:00:00Z",
          modifier: { code: "hanako", name: "佐藤 花子" },
        },
      ],
    });
  });

  it("says of an assignment that goes what it was", () => {
    const change = unassign("ReadOnly", production, anna);
    expect(auditor([change]).outcome(applied(change))).toMatchObject({ before: change.target, after: null });
  });

  it("holds of a permission set that goes all that it takes to make it again by hand", () => {
    const change = deleteSet("Legacy");
    const policies = {
      managedPolicies: [managedPolicy("ReadOnlyAccess").arn],
      customerManagedPolicies: [{ path: "/team/", name: "Deploy" }],
      inlinePolicy: '{"Version":"2012-10-17","Statement":[]}',
      permissionsBoundary: { kind: "aws-managed", arn: managedPolicy("PowerUserAccess").arn },
    } as const;
    const set = managedSet("Legacy", { record: "99", definition: definition(policies) });
    const actual = actualState({ permissionSets: [managedSet("Other"), set] });
    expect(auditor([change], { actual }).outcome(applied(change))).toMatchObject({
      before: { ...policies, attributes: definition().attributes, tags: set.tags },
      after: null,
    });
  });

  it("leads from nothing to something, from something to nothing, or from one to the other", () => {
    const attach = attachPolicy("ReadOnly", "arn:aws:iam::aws:policy/Billing");
    const provision: Change = {
      id: "provision/ReadOnly/all",
      kind: "provision",
      target: { ...attach.target, account: "all" },
      records: [],
      dependsOn: [],
      accounts: [production],
    };
    const { outcome } = auditor([attach, provision]);
    expect(outcome(applied(attach))).toMatchObject({
      before: null,
      after: "arn:aws:iam::aws:policy/Billing",
    });
    const passedOn = outcome(applied(provision));
    expect([passedOn.before, passedOn.after]).toEqual([undefined, undefined]);
  });

  it("names the approval that let the plan through, and the guards it was for", () => {
    const grantedApproval = { code: "0123456789abcdef0123-ht9z0", guards: ["deletions"], atMs: now } as const;
    expect(auditor([grant], { grantedApproval }).outcome(applied(grant)).approval).toEqual({
      code: "0123456789abcdef0123-ht9z0",
      guards: ["deletions"],
    });
    expect(auditor([grant]).outcome(applied(grant))).not.toHaveProperty("approval");
  });

  it("says why a change failed or was not tried", () => {
    const { outcome } = auditor([grant]);
    expect(outcome(failed(grant, { requestId: requestId("r-1") }))).toMatchObject({
      status: "failed",
      reason: { code: "ConflictException", message: "Another change is going on." },
      requestId: "r-1",
    });
    expect(outcome(skipped(grant, { code: "account-busy" }))).toMatchObject({
      status: "skipped",
      reason: { code: "account-busy" },
    });
  });

  it("names somebody who was deleted from the directory by the last known name", () => {
    const change = { ...unassign("ReadOnly", production, anna), because: "principal-deleted" as const };
    const actual = actualState({ directory: directory({ users: [] }) });
    const names = { [anna.id]: anna.userName };
    expect(auditor([change], { actual, lastKnownNames: names }).outcome(applied(change))).toMatchObject({
      because: "principal-deleted",
      target: { principal: { id: anna.id, lastKnownName: anna.userName } },
      records: [],
    });
  });

  it("is there for every change of a plan that guards refuse, with the guards and their numbers in words", () => {
    const numbers = { deletions: 6, managed: 10, maxDeletions: 5, maxDeletionRatio: 0.1 };
    const other = unassign("ReadOnly", production, user("ben"));
    const refused = auditor([grant, other], {
      violations: [{ guard: "deletions", numbers, refuses: [grant.id, other.id] }],
    });
    const entries = refused.refusals(now);
    expect(entries.map(({ change }) => change)).toEqual([grant.id, other.id]);
    for (const entry of entries) {
      expect(entry).toMatchObject({ status: "refused", reason: { code: "deletions" } });
      expect(entry.reason?.message).toMatch(/6/u);
    }
    expect(auditor([grant]).refusals(now)).toEqual([]);
  });

  it("is one line of JSON that shows as it reads, whatever a text in it is", () => {
    for (const text of hostileTexts) {
      const named = { ...grant, records: [{ ...record, modifier: { code: text, name: text } }] };
      const line = renderAuditLine(auditor([named]).outcome(applied(named)));
      expect(line.endsWith("}\n")).toBe(true);
      expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      const read = JSON.parse(line) as AuditEntry;
      expect(read.records[0]?.modifier).toEqual({ code: text, name: text });
    }
  });
});
