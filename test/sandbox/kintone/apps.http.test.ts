import { expect, test, vi } from "vitest";

import { deploy, makeAccounts, signIn, startCompany, useToken } from "./with-company.ts";

const NAME = { type: "SINGLE_LINE_TEXT", code: "name", label: "名前" } as const;

test("an app is made in preview and is found by its users only once it is deployed", async () => {
  const sandbox = await startCompany();
  const client = signIn(sandbox, "sato");
  const { app } = await client.app.addApp({ name: "許可セット" });
  await client.app.addFormFields({ app, properties: { name: NAME } });
  await expect(client.app.getApp({ id: app })).rejects.toMatchObject({ status: 404, code: "GAIA_AP01" });
  await expect(client.app.getApps({})).resolves.toEqual({ apps: [] });
  await deploy(client, app);
  await expect(client.app.getApps({})).resolves.toMatchObject({ apps: [{ appId: app, name: "許可セット" }] });
  await expect(
    signIn(sandbox, "suzuki").record.addRecord({ app, record: { name: { value: "x" } } }),
  ).resolves.toEqual({ id: "1", revision: "1" });
});

test("apps are made one at a time", async () => {
  const client = signIn(await startCompany(), "sato");
  const made = await Promise.allSettled([client.app.addApp({ name: "a" }), client.app.addApp({ name: "b" })]);
  expect(made.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(made.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { status: 400, code: "GAIA_DA02" },
  });
});

test("neither a token nor a person without the right makes apps, and a token does not list them", async () => {
  const sandbox = await startCompany({ editToken: "edit" });
  const refused = { status: 403, code: "CB_NO02" };
  for (const client of [useToken(sandbox, "edit"), signIn(sandbox, "tanaka")])
    await expect(client.app.addApp({ name: "x" })).rejects.toMatchObject(refused);
  await expect(useToken(sandbox, "edit").app.getApps({})).rejects.toMatchObject(refused);
});

test("a person with two-factor authentication cannot sign in with a password", async () => {
  const client = signIn(await startCompany(), "kato");
  await expect(client.app.addApp({ name: "x" })).rejects.toMatchObject({ status: 401, code: "CB_WA01" });
});

test("an app is made in a space by its members, and in a guest space it has that space's path", async () => {
  const sandbox = await startCompany();
  const client = signIn(sandbox, "sato");
  const { app } = await client.app.addApp({ name: "許可セット", space: 3 });
  await deploy(client, app);
  await expect(client.app.getApp({ id: app })).resolves.toMatchObject({ spaceId: "3", threadId: "30" });
  await expect(signIn(sandbox, "suzuki").app.addApp({ name: "x", space: 3 })).rejects.toMatchObject({
    code: "CB_NO02",
  });
  const guest = signIn(sandbox, "sato", { guestSpaceId: 4 });
  const made = await guest.app.addApp({ name: "割り当て", space: 4 });
  await deploy(guest, made.app);
  await expect(guest.app.getApp({ id: made.app })).resolves.toMatchObject({ spaceId: "4" });
  await expect(client.app.getApp({ id: made.app })).rejects.toMatchObject({ code: "GAIA_IL23" });
});

test("the system fields of an app are named in the language of the person who made it", async () => {
  const sandbox = await startCompany();
  const codes = async (user: string) => {
    const client = signIn(sandbox, user);
    const { app } = await client.app.addApp({ name: "x" });
    return Object.keys((await client.app.getFormFields({ app, preview: true })).properties);
  };
  await expect(codes("sato")).resolves.toContain("作成者");
  await expect(codes("smith")).resolves.toContain("Created_by");
});

test("all settings have one revision counter, and a change that names an older one is a conflict", async () => {
  const client = signIn(await startCompany(), "sato");
  const { app, revision } = await client.app.addApp({ name: "x" });
  const fields = await client.app.addFormFields({ app, properties: { name: NAME }, revision });
  expect(Number(fields.revision)).toBe(Number(revision) + 1);
  const conflict = { status: 409, code: "GAIA_CO03" };
  await expect(client.app.updateAppSettings({ app, description: "x", revision })).rejects.toMatchObject(
    conflict,
  );
  await expect(client.app.deployApp({ apps: [{ app, revision }] })).rejects.toMatchObject(conflict);
  await client.app.updateAppSettings({ app, description: "x", revision: -1 });
  await expect(client.app.getViews({ app, preview: true })).resolves.toMatchObject({
    revision: String(Number(revision) + 2),
  });
});

test("a deploy goes on after its answer, is told as done while it is not, and keeps the settings closed", async () => {
  let stoppedMs: number | undefined;
  const client = signIn(await startCompany({}, () => new Date(stoppedMs ?? Date.now())), "sato");
  const app = await makeAccounts(client);
  stoppedMs = Date.now();
  await client.app.updateAppSettings({ app, description: "new" });
  await client.app.deployApp({ apps: [{ app }] });
  const status = async () => (await client.app.getDeployStatus({ apps: [app] })).apps[0]?.status;
  await expect(status()).resolves.toBe("SUCCESS");
  expect((await client.app.getAppSettings({ app })).description).toBe("");
  await expect(client.app.updateAppSettings({ app, description: "newer" })).rejects.toMatchObject({
    status: 400,
  });
  stoppedMs += 60;
  await expect(status()).resolves.toBe("PROCESSING");
  stoppedMs += 100;
  await expect(status()).resolves.toBe("SUCCESS");
  expect((await client.app.getAppSettings({ app })).description).toBe("new");
});

test("of the apps of one deploy all or none become live", async () => {
  const client = signIn(await startCompany(), "sato");
  const app = await makeAccounts(client);
  await client.record.addRecords({
    app,
    records: [{ state: { value: "ACTIVE" } }, { state: { value: "ACTIVE" } }],
  });
  await client.app.addFormFields({ app, properties: { name: NAME } });
  await deploy(client, app);
  await client.record.updateRecord({ app, id: 1, record: { name: { value: "same" } } });
  await client.record.updateRecord({ app, id: 2, record: { name: { value: "same" } } });
  await client.app.updateFormFields({
    app,
    properties: { name: { type: "SINGLE_LINE_TEXT", unique: true } },
  });
  const other = (await client.app.addApp({ name: "other" })).app;
  await client.app.deployApp({ apps: [{ app }, { app: other }] });
  await vi.waitFor(async () => {
    const { apps } = await client.app.getDeployStatus({ apps: [app, other] });
    expect(apps).toEqual([
      { app, status: "FAIL" },
      { app: other, status: "CANCEL" },
    ]);
  });
  await expect(client.app.getApp({ id: other })).rejects.toMatchObject({ code: "GAIA_AP01" });
});

test("a deploy that reverts throws away what was waiting", async () => {
  const client = signIn(await startCompany(), "sato");
  const app = await makeAccounts(client);
  await client.app.updateAppSettings({ app, name: "renamed" });
  await client.app.deployApp({ apps: [{ app }], revert: true });
  await vi.waitFor(async () =>
    expect((await client.app.getAppSettings({ app, preview: true })).name).toBe("AWSアカウント"),
  );
});

test("only who manages an app sees and changes what is not live", async () => {
  const sandbox = await startCompany();
  const app = await makeAccounts(signIn(sandbox, "sato"));
  const other = signIn(sandbox, "suzuki");
  const refused = { status: 403, code: "CB_NO02" };
  await expect(other.app.getFormFields({ app, preview: true })).rejects.toMatchObject(refused);
  await expect(other.app.updateAppSettings({ app, name: "x" })).rejects.toMatchObject(refused);
  await expect(other.app.getAppAcl({ app })).rejects.toMatchObject(refused);
  await expect(signIn(sandbox, "tanaka").app.getFormFields({ app, preview: true })).resolves.toBeDefined();
  const [view, manage] = [
    sandbox.createToken(Number(app), ["view"]),
    sandbox.createToken(Number(app), ["manage"]),
  ];
  await expect(useToken(sandbox, view).app.updateAppSettings({ app, name: "x" })).rejects.toMatchObject({
    code: "GAIA_NO01",
  });
  await expect(useToken(sandbox, manage).app.updateAppSettings({ app, name: "x" })).resolves.toBeDefined();
});

test("the edit token reads and writes records in every app, those made later included, and manages none", async () => {
  const sandbox = await startCompany({ editToken: "edit" });
  const app = await makeAccounts(signIn(sandbox, "sato"));
  const client = useToken(sandbox, "edit");
  const { id } = await client.record.addRecord({ app, record: { account_id: { value: "111122223333" } } });
  await client.record.updateRecord({ app, id, record: { state: { value: "CLOSED" } } });
  await expect(client.record.getRecord({ app, id })).resolves.toMatchObject({
    record: { state: { value: "CLOSED" } },
  });
  await client.record.deleteRecords({ app, ids: [id] });
  await expect(client.app.updateAppSettings({ app, name: "x" })).rejects.toMatchObject({ code: "GAIA_NO01" });
});

test("an unknown path is not found, in JSON", async () => {
  const { url } = await startCompany();
  const response = await fetch(`${url}/k/v1/no-such-thing.json`);
  expect(response.status).toBe(404);
  await expect(response.json()).resolves.toEqual({
    code: expect.any(String),
    id: expect.any(String),
    message: expect.any(String),
  });
});
