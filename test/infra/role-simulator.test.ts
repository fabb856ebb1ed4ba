import { describe, expect, it } from "vitest";

import { actionsFor } from "../../src/aws/required-actions.ts";
import {
  accounts,
  attacks,
  instanceArn,
  onSet,
  owner,
  ownerTag,
  rightClaims,
  strangeTokens,
  tagging,
} from "./role-attacks.ts";
import { deployRole, isAllowed, letsIn } from "./role-simulator.ts";

const parameters = {
  InstanceArn: instanceArn,
  Owner: owner,
  ManagementAccount: accounts.management,
  ProtectedAccountArns: [`arn:aws:sso:::account/${accounts.logArchive}`],
  GitHubOwner: "acme",
  GitHubOwnerId: "12",
  GitHubRepository: "aws-access",
  GitHubRepositoryId: "345",
  AuditRetentionDays: "400",
};
const role = deployRole(parameters);
const recordTag = { "kintone-sso-sync:record": "7" };

describe("the role that the template makes can", () => {
  it.each(actionsFor("read"))("%s", (action) => {
    expect(isAllowed(role, { action, resources: [{ arn: instanceArn }] })).toBe(true);
  });

  it.each(actionsFor("change-set"))("%s, on a set of its own", (action) => {
    expect(isAllowed(role, onSet(action, ownerTag))).toBe(true);
  });

  it.each(actionsFor("change-account"))("%s, of a set of its own in an ordinary account", (action) => {
    expect(isAllowed(role, onSet(action, ownerTag, accounts.development))).toBe(true);
  });

  it("create a set with its tags, whether AWS asks for sso:TagResource then or not", () => {
    for (const action of [...actionsFor("create-set"), ...actionsFor("tag-set")]) {
      expect(isAllowed(role, tagging(action, { ...ownerTag, ...recordTag }))).toBe(true);
    }
  });

  it("write all of its other tags to a set of its own", () => {
    for (const [name, value] of [
      ["record", "8"],
      ["former-name", "Old"],
      ["provisioning", "pending"],
    ]) {
      const tags = { [`kintone-sso-sync:${name ?? ""}`]: value ?? "" };
      expect(isAllowed(role, tagging("sso:TagResource", tags, ownerTag))).toBe(true);
    }
  });

  it("read and write its memory and the lease beside it, and see that there is none yet", () => {
    for (const action of actionsFor("memory")) {
      for (const name of ["memory.json", "memory.json.lease"]) {
        const arn = `arn:aws:s3:::<MemoryBucket>/${name}`;
        expect(isAllowed(role, { action, resources: [{ arn }] })).toBe(true);
      }
    }
    const bucket = { arn: "arn:aws:s3:::<MemoryBucket>" };
    expect(isAllowed(role, { action: "s3:ListBucket", resources: [bucket] })).toBe(true);
  });

  it("leave the audit of a pass, as a new object", () => {
    const created = {
      action: "s3:PutObject",
      resources: [{ arn: "arn:aws:s3:::<AuditBucket>/2026/11/28/run.jsonl" }],
      context: { "s3:if-none-match": "*" },
    };
    expect(isAllowed(role, created)).toBe(true);
  });

  it("take over a set of nobody only where the template says so", () => {
    const takeover = attacks["the proof of a takeover on nobody's set"];
    if (takeover === undefined) throw new Error("There is no such attack.");
    expect(isAllowed(deployRole({ ...parameters, TakeOver: "true" }), takeover)).toBe(true);
  });

  it("be had by the job's own token", () => {
    expect(letsIn(role, rightClaims)).toBe(true);
  });
});

describe("the role that the template makes cannot be used for", () => {
  it.each(Object.entries(attacks))("%s", (_name, attack) => {
    expect(isAllowed(role, attack)).toBe(false);
  });

  it.each(Object.entries(strangeTokens))("the token of %s", (_name, claims) => {
    expect(letsIn(role, claims)).toBe(false);
  });

  it("any of more than sixty attacks", () => {
    expect(Object.keys(attacks).length + Object.keys(strangeTokens).length).toBeGreaterThan(60);
  });
});
