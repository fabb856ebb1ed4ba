import { IAMClient, paginateListPolicies } from "@aws-sdk/client-iam";
import { IdentitystoreClient, paginateListUsers } from "@aws-sdk/client-identitystore";
import { OrganizationsClient, paginateListAccounts } from "@aws-sdk/client-organizations";
import {
  ListAccountsForProvisionedPermissionSetCommand,
  ListInstancesCommand,
  ListPermissionSetsCommand,
  ListTagsForResourceCommand,
  SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import { afterAll, beforeAll, expect, test } from "vitest";

import { companyChanges } from "../../../src/sandbox/company/company-changes.ts";
import { companySeed } from "../../../src/sandbox/company/company-seed.ts";
import type { RenderedRecord } from "../../../src/sandbox/kintone/render-record.ts";
import { type Sandbox, startSandbox } from "../../../src/sandbox/start-sandbox.ts";

const SEED = companySeed();
const [PERMISSION_SETS] = SEED.kintone.apps;
let sandbox: Sandbox;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: SEED, speed: 100 });
});
afterAll(() => sandbox.close());

function awsSettings() {
  const credentials = { accessKeyId: "sandbox", secretAccessKey: "sandbox" };
  return { endpoint: sandbox.aws.url, region: SEED.aws.primaryRegion, credentials };
}

function readValue(record: RenderedRecord, code: string): unknown {
  return record[code]?.value;
}

function textsIn(values: string): string[] {
  return values
    .split(/[\n,]/)
    .map((text) => text.trim())
    .filter((text) => text !== "");
}

test("the company has 40 people in kintone and in Identity Center, under the same names", async () => {
  const client = new SSOAdminClient(awsSettings());
  const [instance] = (await client.send(new ListInstancesCommand({}))).Instances ?? [];
  const users: (string | undefined)[] = [];
  const pages = paginateListUsers(
    { client: new IdentitystoreClient(awsSettings()) },
    { IdentityStoreId: instance?.IdentityStoreId },
  );
  for await (const page of pages) users.push(...(page.Users ?? []).map(({ UserName }) => UserName));
  expect(users).toHaveLength(40);
  const expected = SEED.kintone.users.map(({ code }) => `${code}@example.co.jp`);
  expect(new Set(users)).toEqual(new Set(expected));
});

test("the company has 12 accounts, one of them suspended, and works from a delegated one", async () => {
  const accounts = [];
  const pages = paginateListAccounts({ client: new OrganizationsClient(awsSettings()) }, {});
  for await (const page of pages) accounts.push(...(page.Accounts ?? []));
  expect(accounts).toHaveLength(12);
  expect(accounts.filter(({ Status }) => Status === "SUSPENDED").map(({ Name }) => Name)).toEqual([
    "legacy-intranet",
  ]);
  expect(SEED.aws.callerAccount).not.toBe(SEED.aws.managementAccount);
});

test("of 8 permission sets exactly one names a managed policy that does not exist", async () => {
  const known = new Set<string | undefined>();
  const pages = paginateListPolicies({ client: new IAMClient(awsSettings()) }, { Scope: "AWS" });
  for await (const page of pages)
    for (const { Arn, PolicyName } of page.Policies ?? []) known.add(Arn).add(PolicyName);
  expect(PERMISSION_SETS?.records).toHaveLength(8);
  const unknown = PERMISSION_SETS?.records.flatMap(({ values }) =>
    Object.entries(values)
      .filter(([code]) => code === "managed_policies")
      .flatMap(([, names]) => textsIn(String(names)))
      .filter((name) => !known.has(name)),
  );
  expect(unknown).toEqual(["ReadOnlyAcess"]);
});

test("of 25 assignment records exactly one names an account that does not exist", () => {
  const accounts = new Set(SEED.aws.accounts.flatMap(({ id, name }) => [id, name]));
  const records = sandbox.kintone.records(11);
  expect(records).toHaveLength(25);
  const unknown = records.flatMap((record) =>
    (readValue(record, "accounts") as string[]).filter((account) => !accounts.has(account)),
  );
  expect(unknown).toEqual(["shop-qa"]);
});

test("all other names in the assignment records exist", () => {
  const sets = new Set(sandbox.kintone.records(10).map((record) => record["name"]?.value));
  const groups = new Set(SEED.aws.groups.map(({ displayName }) => displayName));
  const unusable = new Set(
    SEED.aws.accounts
      .filter(({ id, state }) => state === "SUSPENDED" || id === SEED.aws.managementAccount)
      .flatMap(({ id, name }) => [id, name]),
  );
  for (const record of sandbox.kintone.records(11)) {
    expect(sets).toContain(record["permission_set"]?.value);
    for (const group of textsIn(String(record["groups"]?.value))) expect(groups).toContain(group);
    for (const account of readValue(record, "accounts") as string[]) expect(unusable).not.toContain(account);
    for (const { code, name } of readValue(record, "users") as { code: string; name: string }[])
      expect(name).not.toBe(code);
  }
});

test("every inline policy is a JSON policy and every name fits Identity Center", () => {
  const records = sandbox.kintone.records(10);
  const policies = records
    .map((record) => readValue(record, "inline_policy") as string)
    .filter((text) => text !== "");
  expect(policies.map((text) => JSON.parse(text) as unknown)).toEqual([
    expect.objectContaining({ Version: "2012-10-17" }),
    expect.objectContaining({ Version: "2012-10-17" }),
  ]);
  for (const record of records) expect(record["name"]?.value).toMatch(/^[\w+=,.@-]{1,32}$/);
});

test("assignment records show the description that the lookup copied", () => {
  const [first] = sandbox.kintone.records(11);
  expect(first?.["permission_set_description"]?.value).toContain("障害対応");
});

test("Control Tower's permission sets are there already, in the management account too", async () => {
  const client = new SSOAdminClient(awsSettings());
  const [instance] = (await client.send(new ListInstancesCommand({}))).Instances ?? [];
  const InstanceArn = instance?.InstanceArn;
  const { PermissionSets = [] } = await client.send(new ListPermissionSetsCommand({ InstanceArn }));
  expect(PermissionSets).toHaveLength(2);
  const accounts = await Promise.all(
    PermissionSets.map(async (PermissionSetArn) => {
      const command = { InstanceArn, ResourceArn: PermissionSetArn };
      const { Tags } = await client.send(new ListTagsForResourceCommand(command));
      expect(Tags).toEqual([{ Key: "managedBy", Value: "ControlTower" }]);
      const provisioned = await client.send(
        new ListAccountsForProvisionedPermissionSetCommand({ InstanceArn, PermissionSetArn }),
      );
      return provisioned.AccountIds ?? [];
    }),
  );
  expect(accounts.flat()).toContain(SEED.aws.managementAccount);
});

test("an ordinary day adds a policy, grants access to one person and takes it from another", async () => {
  const office = await startSandbox({ seed: companySeed() });
  const before = { sets: office.kintone.records(10), assignments: office.kintone.records(11) };
  const changes = companyChanges(office.kintone);
  const changed = (app: number, id: number) =>
    office.kintone.records(app).find((record) => record["$id"]?.value === String(id));
  expect(changes.map(({ kind }) => kind)).toEqual(["policy-added", "assignment-added", "person-removed"]);
  expect(changed(10, 3)?.["managed_policies"]?.value).toBe("PowerUserAccess\nIAMReadOnlyAccess");
  expect(changed(11, 26)?.["users"]?.value).toEqual([{ code: "nishimura.kei", name: "西村 慶" }]);
  expect(changed(11, 1)?.["users"]?.value).toEqual([{ code: "sato.hanako", name: "佐藤 花子" }]);
  const untouched = (app: number) =>
    office.kintone.records(app).filter((record) => record["$revision"]?.value === "1").length;
  expect(untouched(10)).toBe(before.sets.length - 1);
  expect(untouched(11)).toBe(before.assignments.length);
  await office.close();
});
