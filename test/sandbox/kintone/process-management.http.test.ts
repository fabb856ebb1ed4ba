import type { KintoneRestAPIClient } from "@kintone/rest-api-client";
import { expect, test } from "vitest";

import { deploy, makeAccounts, signIn, startCompany, useToken } from "./with-company.ts";

const approvers = { entity: { type: "GROUP", code: "approvers" } };
const creator = { entity: { type: "FIELD_ENTITY", code: "作成者" } };

const STATES = {
  未処理: { name: "申請中", index: 0, assignee: { type: "ONE", entities: [creator] } },
  承認待ち: { name: "承認待ち", index: 1, assignee: { type: "ANY", entities: [approvers] } },
  承認済み: { name: "承認済み", index: 2, assignee: { type: "ANY", entities: [] } },
};
const ACTIONS = [
  { name: "申請する", from: "申請中", to: "承認待ち" },
  { name: "承認する", from: "承認待ち", to: "承認済み", filterCond: "作成者 not in (LOGINUSER())" },
  {
    name: "変更する",
    from: "承認済み",
    to: "申請中",
    type: "SECONDARY",
    executableUser: { entities: [creator] },
  },
];

async function makeGated() {
  const sandbox = await startCompany();
  const client = signIn(sandbox, "sato");
  const app = await makeAccounts(client);
  await update(client, app, {});
  await deploy(client, app);
  return { sandbox, client, app };
}

const update = (client: KintoneRestAPIClient, app: string, more: object) =>
  client.app.updateProcessManagement({
    app,
    enable: true,
    states: STATES,
    actions: ACTIONS,
    ...more,
  } as never);

test("a record goes through the states by its assignees, and not past the condition of an action", async () => {
  const { sandbox, client, app } = await makeGated();
  sandbox.addRecord(Number(app), { account_id: "1" }, "suzuki");
  sandbox.addRecord(Number(app), { account_id: "2" }, "sato");
  const author = signIn(sandbox, "suzuki");
  await author.record.updateRecordStatus({ app, id: 1, action: "申請する" });
  await expect(author.record.updateRecordStatus({ app, id: 1, action: "承認する" })).rejects.toMatchObject({
    code: "GAIA_IL03",
  });
  await expect(
    signIn(sandbox, "tanaka").record.updateRecordStatus({ app, id: 1, action: "承認する" }),
  ).rejects.toMatchObject({ status: 403 });
  await expect(client.record.updateRecordStatus({ app, id: 1, action: "承認する" })).resolves.toEqual({
    revision: "5",
  });
  await client.record.updateRecordStatus({ app, id: 2, action: "申請する" });
  await expect(client.record.updateRecordStatus({ app, id: 2, action: "承認する" })).rejects.toMatchObject({
    code: "GAIA_IL03",
  });
  const approved = await client.record.getRecords({ app, query: 'ステータス in ("承認済み")' });
  expect(approved.records.map((record) => record["$id"]?.value)).toEqual(["1"]);
  await expect(client.record.updateRecordStatus({ app, id: 1, action: "変更する" })).rejects.toMatchObject({
    status: 403,
  });
  await expect(
    author.record.updateRecordStatus({ app, id: 1, action: "変更する", assignee: "suzuki" }),
  ).resolves.toEqual({ revision: "7" });
});

test("states of several records change all or none", async () => {
  const { sandbox, client, app } = await makeGated();
  sandbox.addRecord(Number(app), { account_id: "1" }, "suzuki");
  const records = [
    { id: 1, action: "申請する" },
    { id: 1, action: "no such action" },
  ];
  await expect(client.record.updateRecordsStatus({ app, records })).rejects.toMatchObject({
    code: "GAIA_IL03",
  });
  expect(sandbox.records(Number(app))[0]).toMatchObject({
    ステータス: { value: "申請中" },
    $revision: { value: "1" },
  });
});

test("the first state can be renamed only, and only the creator can have to act in it", async () => {
  const { client, app } = await makeGated();
  const { 未処理: first, ...others } = STATES;
  await expect(update(client, app, { states: { 新規: first, ...others } })).rejects.toMatchObject({
    code: "CB_VA01",
  });
  const wrong = { ...first, assignee: { type: "ANY", entities: [approvers] } };
  await expect(update(client, app, { states: { 申請中: wrong, ...others } })).rejects.toMatchObject({
    code: "CB_VA01",
  });
  await expect(
    update(client, app, {
      states: { 申請中: first, ...others },
      actions: [{ name: "x", from: "申請中", to: "どこか" }],
    }),
  ).rejects.toMatchObject({ code: "CB_VA01" });
});

test("an app without process management has no states to change", async () => {
  const sandbox = await startCompany();
  const client = signIn(sandbox, "sato");
  const app = await makeAccounts(client);
  sandbox.addRecord(Number(app), { account_id: "1" });
  await expect(client.record.updateRecordStatus({ app, id: 1, action: "x" })).rejects.toMatchObject({
    code: "GAIA_ST02",
  });
  const manage = useToken(sandbox, sandbox.createToken(Number(app), ["manage", "view"]));
  await expect(manage.app.getProcessManagement({ app })).resolves.toMatchObject({
    enable: false,
    states: null,
  });
});
