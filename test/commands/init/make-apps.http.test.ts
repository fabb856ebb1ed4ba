import { describe, expect, it } from "vitest";

import { lookAtApps, makeApps, makingOrder } from "../../../src/commands/init/make-apps.ts";
import type { KintoneSandbox } from "../../../src/sandbox/kintone/start-kintone-sandbox.ts";
import { BOOKS, LIBRARY } from "../../sandbox/kintone/library-seed.ts";
import { emptyKintone, founder, makingIn, startKintone } from "./newcomer.ts";

const writesIn = ({ requests }: KintoneSandbox) => requests.filter(({ kind }) => kind === "write");

describe("init makes the apps", () => {
  it("in an empty kintone: lists first, then what looks them up, each live; a second run changes nothing", async () => {
    const sandbox = await startKintone();
    const making = makingIn(sandbox, { kinds: makingOrder });
    const ids = await makeApps(making);
    expect(ids).toEqual({ accounts: 1, groups: 2, permissionSets: 3, assignments: 4, reviews: 5 });
    const { maker } = making;
    const live = await maker.read(4, "live");
    expect(live.fields["properties"]).toMatchObject({
      permission_set: { label: "許可セット", lookup: { relatedApp: { app: "3" }, relatedKeyField: "name" } },
      users: { type: "USER_SELECT" },
      accounts: { fields: { account: { lookup: { relatedApp: { app: "1" } } }, account_name: {} } },
      groups: { fields: { group: { lookup: { relatedApp: { app: "2" } } } } },
    });
    expect(live.settings).toMatchObject({
      name: "割り当て",
      enableComments: true,
      enableBulkDeletion: false,
    });
    expect((await maker.read(1, "live")).fields["properties"]).toMatchObject({
      account_id: { unique: true },
      holders: { type: "REFERENCE_TABLE", referenceTable: { relatedApp: { app: "4" } } },
    });
    const before = writesIn(sandbox).length;
    expect(await makeApps(making)).toEqual(ids);
    expect(writesIn(sandbox)).toHaveLength(before);
  });

  it("with permissions: all see, authors edit their own, permission sets are for a group, lists for nobody", async () => {
    const sandbox = await startKintone();
    const making = makingIn(sandbox);
    await makeApps(making);
    const rights = async (app: number) => (await making.maker.read(app, "live")).appAcl["rights"];
    const everyone = { entity: { type: "GROUP", code: "everyone" } };
    expect(await rights(2)).toContainEqual(expect.objectContaining({ ...everyone, recordAddable: false }));
    expect(await rights(2)).toContainEqual(
      expect.objectContaining({ entity: { type: "GROUP", code: "cloud-admins" }, recordAddable: true }),
    );
    expect(await rights(3)).toContainEqual(expect.objectContaining({ ...everyone, recordAddable: true }));
    expect(await rights(1)).toContainEqual(expect.objectContaining({ ...everyone, recordAddable: false }));
    const records = (await making.maker.read(3, "live")).recordAcl["rights"];
    expect(records).toMatchObject([
      {
        entities: [
          { entity: { code: "cloud-admins" }, editable: true },
          { entity: { type: "FIELD_ENTITY", code: "作成者" }, editable: true },
          { entity: { code: "everyone" }, viewable: true, editable: false },
        ],
      },
    ]);
  });

  it("with a reminder before access ends, and leaves the reminders of others as they are", async () => {
    const sandbox = await startKintone();
    const making = makingIn(sandbox);
    await makeApps(making);
    const ours = {
      timing: { code: "expires", daysLater: "-7", time: "09:00" },
      targets: [{ entity: { code: "users" } }, { entity: { code: "作成者" } }],
    };
    const reminders = async () => (await making.maker.read(3, "live")).reminders;
    expect(await reminders()).toMatchObject({ notifications: [ours] });
    const theirs = {
      timing: { code: "starts", daysLater: "0", time: "10:00" },
      filterCond: "",
      title: "Begins today",
      targets: [{ entity: { type: "USER", code: "taro" }, includeSubs: false }],
    };
    await making.maker.write(3, "reminders", { notifications: [theirs], timezone: "Asia/Singapore" });
    await makeApps(making);
    expect(await reminders()).toMatchObject({ notifications: [theirs, ours], timezone: "Asia/Singapore" });
  });

  it("in English too", async () => {
    const sandbox = await startKintone();
    const making = makingIn(sandbox);
    await makeApps({ ...making, choices: { ...making.choices, language: "en" } });
    expect((await making.maker.read(3, "live")).settings["name"]).toBe("Assignments");
  });

  it("and changes nothing of what others have there", async () => {
    const seed = { ...emptyKintone, users: [...LIBRARY.users, ...emptyKintone.users], apps: LIBRARY.apps };
    const sandbox = await startKintone({
      ...seed,
      groups: [...(LIBRARY.groups ?? []), ...(seed.groups ?? [])],
    });
    const making = makingIn(sandbox);
    await makeApps(making);
    const touched = writesIn(sandbox).map(({ app }) => app);
    expect(touched.filter((app) => app === 1 || app === 2)).toEqual([]);
    expect(await lookAtApps(making)).toMatchObject([{ missing: [] }, { missing: [] }, { missing: [] }]);
  });

  it("and gives an app that others made only the fields that it lacks", async () => {
    const apps = [{ ...BOOKS, creator: founder.code, enableComments: false }];
    const sandbox = await startKintone({ ...emptyKintone, apps });
    const making = makingIn(sandbox, { given: { permissionSets: BOOKS.id } });
    const before = await making.maker.read(BOOKS.id, "live");
    const look = (await lookAtApps(making)).find(({ kind }) => kind === "permissionSets");
    expect(look?.missing.map(({ part }) => part)).toEqual(["fields", "settings"]);
    expect(writesIn(sandbox)).toEqual([]);
    await makeApps(making);
    const after = await making.maker.read(BOOKS.id, "live");
    expect(after.fields["properties"]).toMatchObject({
      ...(before.fields["properties"] as object),
      name: {},
    });
    for (const part of ["views", "appAcl", "recordAcl", "fieldAcl"] as const)
      expect({ ...after[part], revision: "" }).toEqual({ ...before[part], revision: "" });
  });

  it("but does not publish what somebody else has left waiting in an app's settings", async () => {
    const sandbox = await startKintone({ ...emptyKintone, apps: [{ ...BOOKS, creator: founder.code }] });
    const making = makingIn(sandbox, { given: { permissionSets: BOOKS.id } });
    await making.maker.write(BOOKS.id, "settings", { theme: "RED" });
    await expect(makeApps(making)).rejects.toMatchObject({ code: "kintone.changes-waiting" });
  });
});

describe("an app is never made twice", () => {
  it("when the answer to the request for it is lost", async () => {
    const sandbox = await startKintone();
    sandbox.failures.add({
      match: ({ operation }) => operation === "addApp",
      times: 1,
      phase: "after",
      respond: { reset: true },
    });
    expect(await makeApps(makingIn(sandbox))).toEqual({ accounts: 1, permissionSets: 2, assignments: 3 });
  });

  it("nor when kintone refuses, which says that none was made", async () => {
    const sandbox = await startKintone({
      ...emptyKintone,
      users: [{ ...founder, mayCreateApps: false }],
    });
    const making = makingIn(sandbox);
    await expect(makeApps(making)).rejects.toMatchObject({ code: "kintone.no-permission" });
    expect(making.progress.load()).toEqual({ apps: {} });
  });
});

it("where kintone does not publish an app, init says where it shows why", async () => {
  const sandbox = await startKintone();
  sandbox.failures.add({
    match: ({ operation }) => operation === "getDeployStatus",
    respond: { status: 200, body: JSON.stringify({ apps: [{ app: "1", status: "FAIL" }] }) },
  });
  await expect(makeApps(makingIn(sandbox))).rejects.toMatchObject({
    code: "kintone.deploy-failed",
    params: { appId: 1, status: "FAIL" },
  });
});
