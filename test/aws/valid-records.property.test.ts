import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { applyPlan } from "../../src/apply/apply-plan.ts";
import { defaultMapping } from "../../src/model/fields.ts";
import type { RawRecord } from "../../src/model/record.ts";
import { createPlan } from "../../src/plan/create-plan.ts";
import { decodePermissionSetRecord } from "../../src/records/decode-permission-set.ts";
import { assignmentRecord, desiredState, owner, rawPermissionSet, rules } from "../builders.ts";
import { acceleratedClock } from "../../src/wiring/clocks.ts";
import { devAccount, organization, startScene } from "./organization.ts";
import { someOf } from "../share.ts";

const name = fc.stringMatching(/^[A-Za-z0-9+=,.@_-]{1,24}$/u);
const policyName = fc.stringMatching(/^[A-Za-z0-9+=,.@_-]{1,40}$/u);
const path = fc.stringMatching(/^\/([A-Za-z0-9.,+@=_-]{1,12}\/){0,3}$/u);
const latin1 = fc.string({
  unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)),
  maxLength: 900,
});
const customerManaged = fc
  .tuple(path, policyName)
  .map(([at, own]) => `${at}${own}`.replace(/^\/(?=[^/]*$)/u, ""));

const action = fc.constantFrom(
  "s3:GetObject",
  "s3:*",
  "ec2:Describe*",
  "logs:Get?ogEvents",
  "*",
  "dynamodb:Query",
);
const resource = fc.constantFrom(
  "*",
  "arn:aws:s3:::bucket/*",
  "arn:aws:ec2:ap-northeast-1:111122223333:instance/*",
);
const oneOrMore = <Item>(item: fc.Arbitrary<Item>) =>
  fc.oneof(item, fc.uniqueArray(item, { minLength: 1, maxLength: 3 }));
const statement = fc
  .record(
    {
      Sid: fc.stringMatching(/^[A-Za-z0-9]{1,12}$/u),
      Effect: fc.constantFrom("Allow", "Deny"),
      action: oneOrMore(action),
      notAction: fc.boolean(),
      resource: oneOrMore(resource),
      Condition: fc.constantFrom(
        { StringEquals: { "aws:RequestedRegion": ["ap-northeast-1", "us-east-1"] } },
        { Bool: { "aws:MultiFactorAuthPresent": true } },
      ),
    },
    { requiredKeys: ["Effect", "action", "notAction", "resource"] },
  )
  .map(({ action: actions, notAction, resource: resources, ...rest }) => ({
    ...rest,
    [notAction ? "NotAction" : "Action"]: actions,
    Resource: resources,
  }));
const policy = fc
  .record({
    Version: fc.constantFrom("2012-10-17", "2008-10-17"),
    Statement: fc.oneof(
      statement,
      fc.uniqueArray(statement, {
        minLength: 1,
        maxLength: 6,
        selector: (one) => one.Sid ?? fc.stringify(one),
      }),
    ),
  })
  .chain((document) =>
    fc.constantFrom(
      JSON.stringify(document),
      JSON.stringify(document, null, 2),
      `\n ${JSON.stringify(document, null, 4)}\n`,
    ),
  );

const record = fc.record({
  name,
  description: fc.oneof(latin1, fc.string({ unit: "grapheme", maxLength: 60 })),
  sessionDuration: fc.constantFrom("", "1", "8", "12", "1.5", "PT8H", "PT90M", "PT1H30M", "PT43200S", "８"),
  relayState: fc.constantFrom(
    "",
    "https://console.aws.amazon.com/",
    "https://ap-northeast-1.console.aws.amazon.com/s3/home?region=x#a(b)",
  ),
  managedPolicies: fc
    .subarray(["ReadOnlyAccess", "Billing", "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess"])
    .map((names) => names.join("\n")),
  customerManagedPolicies: fc
    .uniqueArray(customerManaged, { maxLength: 4 })
    .map((names) => names.join("\n").replaceAll(",", "x")),
  permissionsBoundary: fc.oneof(
    fc.constantFrom("", "PowerUserAccess"),
    customerManaged.map((own) => `customer:${own}`),
  ),
  inlinePolicy: fc.oneof(fc.constant(""), policy),
});

const sets = someOf(60);

describe("a permission set that passes validation", () => {
  it("is accepted by Identity Center, provisioned and assigned, whatever it holds", async () => {
    const records = fc.sample(
      fc.uniqueArray(record, { minLength: sets, maxLength: sets, selector: (one) => one.name }),
      {
        seed: 20_261_120,
        numRuns: 1,
      },
    );
    const raw: RawRecord[] = (records[0] ?? []).map((values, index) =>
      rawPermissionSet(values, { id: String(index + 1) }),
    );
    const permissionSets = raw.map((one) => decodePermissionSetRecord(one, defaultMapping.permissionSets));
    const scene = await startScene({ seed: organization(), speed: 200, quotas: { consistencyLagMs: 0 } });
    const actual = await scene.center.readActualState();
    const assignments = permissionSets.map(({ name: own }, index) =>
      assignmentRecord(
        { permissionSet: own ?? "", users: ["sato"], accounts: devAccount },
        { id: String(index + 1) },
      ),
    );
    const own = rules({ userTemplate: "{code}" });
    const desired = desiredState({ permissionSets, assignments, actual, rules: own });
    const plan = createPlan(desired, actual, {
      owner,
      protected: own.protected,
      unlistedAssignments: "remove",
    });
    const outcomes = await applyPlan(plan, scene.center, acceleratedClock(200), {
      outstandingOperations: 10,
    });

    // Some of the sets have no policies, which their authors are told.
    expect(desired.issues.filter(({ code }) => code !== "permission-set.no-policies")).toEqual([]);
    expect(desired.permissionSets).toHaveLength(sets);
    expect(outcomes.filter(({ status }) => status !== "applied")).toEqual([]);
    expect(
      createPlan(desired, await scene.center.readActualState(), {
        owner,
        protected: own.protected,
        unlistedAssignments: "remove",
      }).changes,
    ).toEqual([]);
  });
});
