import type { KintoneRestAPIClient } from "@kintone/rest-api-client";
import { describe, expect, test } from "vitest";

import { deploy, makeAccounts, signIn, startCompany } from "./with-company.ts";

/** An app of everything an assignment needs: a lookup in a table, people, a date, a group. */
async function makeAssignments(client: KintoneRestAPIClient, accounts: string): Promise<string> {
  const { app } = await client.app.addApp({ name: "割り当て" });
  await client.app.addFormFields({ app, properties: assignmentFields(accounts) });
  return app;
}

const assignmentFields = (accounts: string) =>
  ({
    title: { type: "SINGLE_LINE_TEXT", code: "title", label: "件名" },
    users: { type: "USER_SELECT", code: "users", label: "ユーザー" },
    expires: { type: "DATE", code: "expires", label: "期限" },
    accounts: {
      type: "SUBTABLE",
      code: "accounts",
      label: "アカウント",
      fields: {
        account: {
          type: "SINGLE_LINE_TEXT",
          code: "account",
          label: "アカウント",
          lookup: {
            relatedApp: { app: accounts },
            relatedKeyField: "account_id",
            fieldMappings: [{ field: "account_state", relatedField: "state" }],
            lookupPickerFields: ["account_id", "state"],
            filterCond: 'state in ("ACTIVE")',
            sort: "account_id asc",
          },
        },
        account_state: { type: "SINGLE_LINE_TEXT", code: "account_state", label: "状態" },
      },
    },
  }) as const;

async function start() {
  const client = signIn(await startCompany(), "sato");
  const accounts = await makeAccounts(client);
  return { client, accounts, app: await makeAssignments(client, accounts) };
}

const refused = (code: string, status = 400) => expect.objectContaining({ status, code });

describe("fields", () => {
  test("come back complete, and stand at the end of the form until a layout places them", async () => {
    const { client, app, accounts } = await start();
    const { properties } = await client.app.getFormFields({ app, preview: true });
    expect(properties["title"]).toMatchObject({
      required: false,
      unique: false,
      noLabel: false,
      defaultValue: "",
    });
    expect(properties["accounts"]).toMatchObject({
      fields: { account: { lookup: { relatedApp: { app: accounts } } } },
    });
    const { layout } = await client.app.getFormLayout({ app, preview: true });
    expect(layout.at(-1)).toEqual({
      type: "SUBTABLE",
      code: "accounts",
      fields: [
        { type: "SINGLE_LINE_TEXT", code: "account" },
        { type: "SINGLE_LINE_TEXT", code: "account_state" },
      ],
    });
  });

  test.each([
    ["a key that is not its code", { other: { type: "DATE", code: "due", label: "x" } }, "CB_VA01"],
    [
      "a code that is taken, in a table",
      { account: { type: "DATE", code: "account", label: "x" } },
      "CB_VA01",
    ],
    ["a code that begins with a digit", { "1st": { type: "DATE", code: "1st", label: "x" } }, "CB_VA01"],
    ["no label", { due: { type: "DATE", code: "due" } }, "CB_VA01"],
    ["an unknown type", { due: { type: "DAY", code: "due", label: "x" } }, "CB_VA01"],
    [
      "options whose labels are not their keys",
      { kind: { type: "DROP_DOWN", code: "kind", label: "x", options: { a: { label: "b", index: 0 } } } },
      "CB_VA01",
    ],
    [
      "a table in a table",
      {
        outer: {
          type: "SUBTABLE",
          code: "outer",
          fields: { inner: { type: "SUBTABLE", code: "inner", fields: {} } },
        },
      },
      "CB_VA01",
    ],
  ])("are refused for %s", async (_, properties, code) => {
    const { client, app } = await start();
    await expect(client.app.addFormFields({ app, properties: properties as never })).rejects.toEqual(
      refused(code),
    );
  });

  test("that cannot be unique drop it without a word", async () => {
    const { client, app } = await start();
    const notes = { type: "MULTI_LINE_TEXT", code: "notes", label: "x", unique: true };
    await client.app.addFormFields({ app, properties: { notes } as never });
    const { properties } = await client.app.getFormFields({ app, preview: true });
    expect(properties["notes"]).not.toHaveProperty("unique");
  });

  test("are renamed by an update, and choices that it does not list are gone", async () => {
    const { client, accounts } = await start();
    await client.app.updateFormFields({
      app: accounts,
      properties: {
        state: {
          type: "DROP_DOWN",
          code: "status",
          options: { ACTIVE: { label: "使用中", index: "0" } },
        },
      },
    });
    const { properties } = await client.app.getFormFields({ app: accounts, preview: true });
    expect(properties).not.toHaveProperty("state");
    expect(properties["status"]).toMatchObject({ label: "状態", options: { 使用中: { label: "使用中" } } });
    expect(Object.keys((properties["status"] as { options: object }).options)).toEqual(["使用中"]);
  });

  test("that are deleted leave the form; those of the system stay", async () => {
    const { client, app } = await start();
    await client.app.deleteFormFields({ app, fields: ["expires"] });
    const { layout } = await client.app.getFormLayout({ app, preview: true });
    expect(JSON.stringify(layout)).not.toContain("expires");
    await expect(client.app.deleteFormFields({ app, fields: ["作成者"] })).rejects.toEqual(
      refused("GAIA_FC01"),
    );
  });
});

describe("a lookup", () => {
  const add = (client: KintoneRestAPIClient, app: string, lookup: object) =>
    client.app.addFormFields({
      app,
      properties: { key: { type: "SINGLE_LINE_TEXT", code: "key", label: "x", lookup } } as never,
    });
  const lookup = (app: string) => ({ relatedApp: { app }, relatedKeyField: "account_id", fieldMappings: [] });

  test("needs a live app, a unique key, and fields to copy to and from", async () => {
    const { client, app, accounts } = await start();
    const waiting = (await client.app.addApp({ name: "x" })).app;
    await expect(add(client, app, lookup(waiting))).rejects.toEqual(refused("GAIA_AP01", 404));
    await expect(add(client, app, { ...lookup(accounts), relatedKeyField: "state" })).rejects.toEqual(
      refused("GAIA_LO03"),
    );
    for (const mapping of [
      { field: "nowhere", relatedField: "state" },
      { field: "title", relatedField: "nothing" },
    ])
      await expect(add(client, app, { ...lookup(accounts), fieldMappings: [mapping] })).rejects.toEqual(
        refused("GAIA_FC01"),
      );
  });

  test("in a table copies for each row, keeps what was copied, and refuses an unknown key", async () => {
    const { client, app, accounts } = await start();
    await deploy(client, app);
    await client.record.addRecords({
      app: accounts,
      records: [{ account_id: { value: "111122223333" }, state: { value: "ACTIVE" } }],
    });
    const row = (account: string) => ({
      value: { account: { value: account }, account_state: { value: "mine" } },
    });
    const { id } = await client.record.addRecord({
      app,
      record: { accounts: { value: [row("111122223333")] } },
    });
    await client.record.updateRecord({ app: accounts, id: 1, record: { state: { value: "CLOSED" } } });
    const { record } = await client.record.getRecord({ app, id });
    expect(record["accounts"]).toMatchObject({ value: [{ value: { account_state: { value: "ACTIVE" } } }] });
    await expect(
      client.record.addRecord({ app, record: { accounts: { value: [row("999999999999")] } } }),
    ).rejects.toEqual(refused("GAIA_LO04"));
  });
});

test("a form shows related records of another app, and of a size that kintone knows", async () => {
  const { client, app, accounts } = await start();
  await deploy(client, app);
  const add = (size: string) =>
    client.app.addFormFields({
      app: accounts,
      properties: {
        access: {
          type: "REFERENCE_TABLE",
          code: "access",
          label: "使える人",
          referenceTable: {
            relatedApp: { app },
            condition: { field: "account_id", relatedField: "account" },
            displayFields: ["title", "users"],
            sort: "title asc",
            size,
          },
        },
      } as never,
    });
  await expect(add("7")).rejects.toEqual(refused("CB_VA01"));
  await add("30");
  await deploy(client, accounts);
  const { properties } = await client.app.getFormFields({ app: accounts });
  expect(properties["access"]).toMatchObject({ referenceTable: { size: "30", filterCond: "" } });
});

test("a layout has to place every field, once", async () => {
  const { client, app } = await start();
  const { layout } = await client.app.getFormLayout({ app, preview: true });
  const label = {
    type: "ROW",
    fields: [
      { type: "LABEL", label: "説明" },
      { type: "SPACER", elementId: "here" },
    ],
  } as const;
  await client.app.updateFormLayout({ app, layout: [label, ...layout] as never });
  const changed = await client.app.getFormLayout({ app, preview: true });
  expect(changed.layout[0]).toEqual(label);
  for (const wrong of [layout.slice(1), [...layout, ...layout]])
    await expect(client.app.updateFormLayout({ app, layout: wrong })).rejects.toEqual(refused("CB_VA01"));
});

describe("views", () => {
  const soon = {
    type: "LIST" as const,
    index: 0,
    name: "期限が近い",
    fields: ["title"],
    filterCond: "expires <= FROM_TODAY(14, DAYS) and expires >= TODAY()",
    sort: "expires asc",
  };

  test("replace those that were there and keep the id of one that stays", async () => {
    const { client, app } = await start();
    const first = await client.app.updateViews({
      app,
      views: { [soon.name]: soon, other: { ...soon, name: "other" } },
    });
    const second = await client.app.updateViews({
      app,
      views: { [soon.name]: { ...soon, name: "renamed" } },
    });
    expect(second.views).toEqual({ renamed: first.views[soon.name] });
    await expect(client.app.getViews({ app, preview: true })).resolves.toMatchObject({
      views: { renamed: { filterCond: soon.filterCond, index: "0" } },
    });
  });

  test("are refused for a field or a condition that is not the app's", async () => {
    const { client, app } = await start();
    const put = (more: object) =>
      client.app.updateViews({ app, views: { [soon.name]: { ...soon, ...more } } });
    await expect(put({ fields: ["nothing"] })).rejects.toEqual(refused("GAIA_FC01"));
    await expect(put({ filterCond: "nothing = 1" })).rejects.toEqual(refused("GAIA_IQ11"));
    await expect(put({ filterCond: "expires >= SOME_DAY()" })).rejects.toEqual(refused("CB_VA01"));
  });
});

test("of the general settings, what is not sent stays", async () => {
  const { client, app } = await start();
  await client.app.updateAppSettings({ app, description: "説明", enableBulkDeletion: false });
  await client.app.updateAppSettings({ app, titleField: { selectionMode: "MANUAL", code: "title" } });
  await expect(client.app.getAppSettings({ app, preview: true })).resolves.toMatchObject({
    name: "割り当て",
    description: "説明",
    enableComments: true,
    titleField: { selectionMode: "MANUAL", code: "title" },
  });
  await expect(client.app.updateAppSettings({ app, name: "x".repeat(65) })).rejects.toEqual(
    refused("CB_VA01"),
  );
  await client.app.updateAdminNotes({ app, content: "memo" });
  await expect(client.app.getAdminNotes({ app, preview: true })).resolves.toMatchObject({ content: "memo" });
});

test("notices are for those whom kintone knows, and reminders for a date of the app, at full ten minutes", async () => {
  const { client, app } = await start();
  const users = { entity: { type: "FIELD_ENTITY", code: "users" } } as const;
  await client.app.updateGeneralNotifications({
    app,
    notifications: [{ ...users, commentAdded: true }],
    notifyToCommenter: false,
  });
  await expect(client.app.getGeneralNotifications({ app, preview: true })).resolves.toMatchObject({
    notifications: [{ ...users, commentAdded: true, recordAdded: false }],
    notifyToCommenter: false,
  });
  const remind = (timing: object, targets: readonly object[] = [users]) =>
    client.app.updateReminderNotifications({
      app,
      notifications: [{ timing, filterCond: "", title: "7日後に終わります", targets }],
    } as never);
  await remind({ code: "expires", daysLater: -7, time: "09:00" });
  await expect(client.app.getReminderNotifications({ app, preview: true })).resolves.toMatchObject({
    notifications: [{ timing: { code: "expires", daysLater: "-7", time: "09:00" } }],
  });
  await expect(remind({ code: "expires", daysLater: -7, time: "09:05" })).rejects.toEqual(refused("CB_VA01"));
  await expect(remind({ code: "title", daysLater: -7, time: "09:00" })).rejects.toEqual(refused("GAIA_FC01"));
  const stranger = { entity: { type: "USER", code: "nobody" } };
  await expect(remind({ code: "expires", daysLater: 0, time: "09:00" }, [stranger])).rejects.toEqual(
    refused("GAIA_IL26"),
  );
  await client.app.updatePerRecordNotifications({
    app,
    notifications: [{ filterCond: 'title = "x"', title: "t", targets: [users] }],
  });
  await expect(client.app.getPerRecordNotifications({ app, preview: true })).resolves.toMatchObject({
    notifications: [{ filterCond: 'title = "x"', targets: [users] }],
  });
});

describe("permissions", () => {
  const EVERYONE = { type: "GROUP", code: "everyone" } as const;
  const work = { recordViewable: true, recordAddable: true, recordEditable: true, recordDeletable: true };

  async function withRecord(rights: (client: KintoneRestAPIClient, app: string) => Promise<unknown>) {
    const sandbox = await startCompany();
    const client = signIn(sandbox, "sato");
    const app = await makeAssignments(client, await makeAccounts(client));
    await rights(client, app);
    await deploy(client, app);
    sandbox.addRecord(Number(app), { title: "theirs" }, "tanaka");
    sandbox.addRecord(Number(app), { title: "mine" }, "suzuki");
    return { other: signIn(sandbox, "suzuki"), client, app };
  }

  test("of an app that leave everyone out shut everyone out, and adding can be for a group", async () => {
    const { other, client, app } = await withRecord((client, app) =>
      client.app.updateAppAcl({
        app,
        rights: [
          { entity: { type: "CREATOR" }, ...work, appEditable: true },
          { entity: { type: "GROUP", code: "approvers" }, ...work },
          { entity: EVERYONE, recordViewable: true },
        ] as never,
      }),
    );
    await expect(other.record.getRecords({ app })).resolves.toMatchObject({ records: { length: 2 } });
    await expect(other.record.addRecord({ app, record: {} })).rejects.toEqual(refused("CB_NO02", 403));
    await client.record.addRecord({ app, record: {} });
    await client.app.updateAppAcl({
      app,
      rights: [{ entity: { type: "CREATOR" }, ...work, appEditable: true }] as never,
    });
    await deploy(client, app);
    await expect(other.record.getRecords({ app })).rejects.toEqual(refused("CB_NO02", 403));
  });

  test("of an app are refused when one lacks the one it rests on", async () => {
    const { client, app } = await start();
    await expect(
      client.app.updateAppAcl({ app, rights: [{ entity: EVERYONE, recordEditable: true }] as never }),
    ).rejects.toEqual(refused("CB_VA01"));
  });

  test("of records let authors change their own", async () => {
    const own = {
      entity: { type: "FIELD_ENTITY", code: "作成者" },
      viewable: true,
      editable: true,
      deletable: true,
    };
    const { other, app } = await withRecord((client, app) =>
      client.app.updateRecordAcl({
        app,
        rights: [
          {
            filterCond: "",
            entities: [own, { entity: EVERYONE, viewable: true, editable: false, deletable: false }],
          },
        ] as never,
      }),
    );
    const record = { title: { value: "changed" } };
    await expect(other.record.updateRecord({ app, id: 1, record })).rejects.toEqual(refused("CB_NO02", 403));
    await other.record.updateRecord({ app, id: 2, record });
    await expect(other.app.evaluateRecordsAcl({ app, ids: [1, 2] })).resolves.toMatchObject({
      rights: [
        { id: "1", record: { viewable: true, editable: false } },
        { id: "2", record: { viewable: true, editable: true } },
      ],
    });
  });

  test("of fields keep a field from being read or changed", async () => {
    const { other, app } = await withRecord((client, app) =>
      client.app.updateFieldAcl({
        app,
        rights: [
          { code: "title", entities: [{ entity: EVERYONE, accessibility: "READ" }] },
          { code: "users", entities: [{ entity: EVERYONE, accessibility: "NONE" }] },
        ] as never,
      }),
    );
    const { record } = await other.record.getRecord({ app, id: 1 });
    expect(record).toHaveProperty("title");
    expect(record).not.toHaveProperty("users");
    await expect(
      other.record.updateRecord({ app, id: 1, record: { title: { value: "x" } } }),
    ).rejects.toEqual(refused("CB_NO02", 403));
  });

  test("that are changed live take everything that waits in preview with them", async () => {
    const sandbox = await startCompany();
    const client = signIn(sandbox, "sato");
    const app = await makeAccounts(client);
    await client.app.updateAppSettings({ app, description: "a colleague's draft" });
    const response = await fetch(`${sandbox.url}/k/v1/app/acl.json`, {
      method: "PUT",
      headers: {
        "Content-Type": "application/json",
        "X-Cybozu-Authorization": Buffer.from("sato:secret").toString("base64"),
      },
      body: JSON.stringify({ app, rights: [{ entity: EVERYONE, recordViewable: true }] }),
    });
    expect(response.status).toBe(200);
    expect((await client.app.getAppSettings({ app })).description).toBe("a colleague's draft");
  });
});
