import { describe, expect, it } from "vitest";
import type { ActualState } from "../../src/model/actual-state.ts";
import { permissionSetArn, permissionSetName } from "../../src/model/ids.ts";
import { ownerTag, recordTag } from "../../src/model/ownership.ts";
import type { PolicyFinding } from "../../src/model/policy-finding.ts";
import type { PermissionSetRecord } from "../../src/model/typed-record.ts";
import type { PolicyAnalysis, PolicyAnalyzer } from "../../src/ports.ts";
import { validatePolicies } from "../../src/pass/validate-policies.ts";
import { directory, owner, permissionSetRecord } from "../fakes/arbitrary-states.ts";

const document = '{ "Version": "2012-10-17", "Statement": [] }';

function record(id: string, inlinePolicy: string | null = document): PermissionSetRecord {
  const draft = {
    name: permissionSetName(`Set${id}`),
    sessionDurationSeconds: 3_600,
    managedPolicies: [],
    customerManagedPolicies: [],
  };
  return {
    ref: permissionSetRecord(id),
    name: draft.name,
    draft: inlinePolicy === null ? draft : { ...draft, inlinePolicy },
    issues: [],
  };
}

function actualWith(recordId: string, inlinePolicy: string): ActualState {
  return {
    instance: { arn: "arn:aws:sso:::instance/ssoins-1", identityStoreId: "d-1", region: "ap-northeast-1" },
    directory,
    permissionSets: [
      {
        managed: true,
        arn: permissionSetArn("arn:aws:sso:::permissionSet/ssoins-1/ps-1"),
        name: permissionSetName("Set1"),
        tags: { [ownerTag]: owner, [recordTag]: recordId },
        locked: false,
        definition: {
          attributes: { sessionDurationSeconds: 3_600 },
          managedPolicies: [],
          customerManagedPolicies: [],
          inlinePolicy,
        },
        provisionedAccounts: [],
        staleAccounts: [],
      },
    ],
    assignments: [],
  };
}

const nothingThere: ActualState = { ...actualWith("1", ""), permissionSets: [] };

const finding = (type: PolicyFinding["type"]): PolicyFinding => ({
  type,
  issueCode: "CODE",
  details: "details",
  learnMoreLink: "https://docs.aws.amazon.com/",
  position: { line: 3, column: 7 },
});

function analyzer(answer: (call: number) => PolicyAnalysis): PolicyAnalyzer & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    analyzePolicy: async (text) => {
      asked.push(text);
      return answer(asked.length);
    },
  };
}

const analyzed = (...findings: readonly PolicyFinding[]) => analyzer(() => ({ kind: "analyzed", findings }));

describe("validating inline policies", () => {
  it("asks only for policies that Identity Center does not have yet, however they are laid out", async () => {
    const asking = analyzed();
    const same = JSON.stringify({ Statement: [], Version: "2012-10-17" });
    await validatePolicies([record("1"), record("2", null)], actualWith("1", same), asking);
    expect(asking.asked).toEqual([]);
    await validatePolicies([record("1"), record("2")], actualWith("1", same), asking);
    expect(asking.asked).toEqual([document]);
  });

  it.each(["ERROR", "SECURITY_WARNING"] as const)(
    "holds a record whose policy has a finding of type %s",
    async (type) => {
      const judged = await validatePolicies([record("1")], nothingThere, analyzed(finding(type)));
      expect(judged.permissionSets[0]?.draft).toBeUndefined();
      expect(judged.permissionSets[0]?.issues).toMatchObject([
        {
          code: "policy.analyzer-finding",
          field: "inlinePolicy",
          params: { line: 3, column: 7, details: "details" },
        },
      ]);
      expect(judged.notes).toEqual([]);
    },
  );

  it.each(["WARNING", "SUGGESTION"] as const)("only notes a finding of type %s", async (type) => {
    const judged = await validatePolicies([record("1")], nothingThere, analyzed(finding(type)));
    expect(judged.permissionSets).toEqual([record("1")]);
    expect(judged.notes).toEqual([{ kind: "policy-finding", recordId: "1", finding: finding(type) }]);
  });

  it("stops asking once there is no answer, holds nothing because of it, and says how many were not checked", async () => {
    const asking = analyzer((call) =>
      call === 1
        ? { kind: "analyzed", findings: [] }
        : { kind: "unavailable", reason: "AccessDeniedException" },
    );
    const records = Array.from({ length: 20 }, (_, index) => record(String(index)));
    const judged = await validatePolicies(records, nothingThere, asking);
    expect(judged.permissionSets).toEqual(records);
    expect(judged.notes).toEqual([
      { kind: "policies-not-analyzed", count: 19, reason: "AccessDeniedException" },
    ]);
    expect(asking.asked.length).toBeLessThan(records.length);
  });
});
