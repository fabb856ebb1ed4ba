import { describe, expect, it } from "vitest";

import type { RawApp } from "../../src/model/record.ts";
import type { SandboxRequest } from "../../src/sandbox/failure-switch.ts";
import type { KintoneSandbox } from "../../src/sandbox/kintone/start-kintone-sandbox.ts";
import {
  assignmentFields,
  assignmentsAppId,
  createInstantClock,
  type FailureRule,
  field,
  fieldsOf,
  hanakosPassword,
  kintoneSeed,
  manyRecords,
  mapping,
  openSandbox,
  passError,
  permissionSetFields,
  permissionSetsAppId,
  rejectionOf,
  sourceAt,
} from "./kintone-fixture.ts";

const noQuery = { permissionSets: "", assignments: "" };

/** The requests for pages of permission-set records. */
const pages: FailureRule["match"] = (request) =>
  request.operation === "getRecords" && appOf(request) === permissionSetsAppId;

function appOf({ body }: SandboxRequest): number {
  return Number((body as { readonly app?: unknown }).app);
}

function pageRequestsOf(sandbox: KintoneSandbox) {
  return sandbox.requests.filter(
    ({ operation, app }) => operation === "getRecords" && app === permissionSetsAppId,
  );
}

function idsOf(app: RawApp): number[] {
  return app.records.map(({ ref }) => Number(ref.id));
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** A record as an answer holds it, with all fields of the permission-set app. */
function answeredRecord(id: number, changes: Readonly<Record<string, unknown>> = {}) {
  const values = Object.values(permissionSetFields).map(({ code, type }) => [code, { type, value: "" }]);
  return {
    ...Object.fromEntries(values),
    $id: { type: "__ID__", value: String(id) },
    $revision: { type: "__REVISION__", value: "1" },
    ...changes,
  };
}

/** Answers the permission-set pages, from the `nth` on, with a body of the test's own. */
async function sourceWithPages(...bodies: readonly unknown[]) {
  const sandbox = await openSandbox(kintoneSeed());
  for (const [index, body] of bodies.entries()) {
    const isLast = index === bodies.length - 1;
    const respond = { status: 200, body };
    sandbox.failures.add({ match: pages, nth: index + 1, ...(isLast && { times: 1_000 }), respond });
  }
  return { sandbox, source: sourceAt(sandbox.url) };
}

describe("Reading whole apps", () => {
  it("reads 5,000 and 500 records with no more than 20 requests", async () => {
    const sandbox = await openSandbox(
      kintoneSeed({
        permissionSets: { records: manyRecords(500) },
        assignments: { records: manyRecords(5_000).map(() => ({ values: {} })) },
      }),
    );
    const { permissionSets, assignments } = await sourceAt(sandbox.url).readAllRecords();
    expect([permissionSets.records.length, assignments.records.length]).toEqual([500, 5_000]);
    expect(sandbox.requests.length).toBeLessThanOrEqual(20);
  });

  it("reads 1,201 records in three pages of 500, each page starting after the last id", async () => {
    const sandbox = await openSandbox(kintoneSeed({ permissionSets: { records: manyRecords(1_201) } }));
    const { permissionSets } = await sourceAt(sandbox.url).readAllRecords();
    expect(idsOf(permissionSets)).toEqual(range(1, 1_201));
    expect(pageRequestsOf(sandbox).map(({ parameters }) => parameters["query"])).toEqual([
      "$id > 0 order by $id asc limit 500",
      "$id > 500 order by $id asc limit 500",
      "$id > 1000 order by $id asc limit 500",
    ]);
    expect(pageRequestsOf(sandbox).every(({ parameters }) => parameters["totalCount"] === "true")).toBe(true);
  });

  it("asks for the page after a full one, whatever the total said", async () => {
    const sandbox = await openSandbox(kintoneSeed({ permissionSets: { records: manyRecords(1_000) } }));
    const { permissionSets } = await sourceAt(sandbox.url).readAllRecords();
    expect(idsOf(permissionSets)).toEqual(range(1, 1_000));
    expect(pageRequestsOf(sandbox)).toHaveLength(3);
  });

  it("reads an app without records as such", async () => {
    const sandbox = await openSandbox(kintoneSeed({ permissionSets: { records: [] } }));
    const { permissionSets } = await sourceAt(sandbox.url).readAllRecords();
    expect(permissionSets.records).toEqual([]);
  });

  it("skips the ids of deleted records", async () => {
    const records = [3, 700, 701, 90_000].map((id) => ({ id, values: { name: `Set${id}` } }));
    const sandbox = await openSandbox(kintoneSeed({ permissionSets: { records } }));
    const { permissionSets } = await sourceAt(sandbox.url).readAllRecords();
    expect(idsOf(permissionSets)).toEqual([3, 700, 701, 90_000]);
  });

  it("hands out values as kintone sent them, and who touched the record when", async () => {
    const records = [
      {
        id: 7,
        values: {
          permission_set: "ReadOnly",
          users: ["taro"],
          groups: "",
          accounts: [{ account: "111122223333", until: "" }],
        },
        creator: "hanako",
        modifier: "taro",
        updatedAt: "2026-04-01T12:34:56Z",
      },
    ];
    const sandbox = await openSandbox(kintoneSeed({ assignments: { records } }));
    const { assignments } = await sourceAt(sandbox.url).readAllRecords();
    expect(assignments).toMatchObject({ kind: "assignments", appId: assignmentsAppId, name: "割当" });
    expect(assignments.records).toEqual([
      {
        ref: {
          app: "assignments",
          id: "7",
          revision: 1,
          creator: { code: "hanako", name: "佐藤 花子" },
          modifier: { code: "taro", name: "鈴木 太郎" },
          updatedAt: "2026-04-01T12:34:00Z",
        },
        fields: {
          permission_set: { type: "SINGLE_LINE_TEXT", value: "ReadOnly" },
          users: { type: "USER_SELECT", value: [{ code: "taro", name: "鈴木 太郎" }] },
          groups: { type: "MULTI_LINE_TEXT", value: "" },
          accounts: {
            type: "SUBTABLE",
            value: [
              {
                id: expect.any(String) as string,
                value: {
                  account: { type: "SINGLE_LINE_TEXT", value: "111122223333" },
                  until: { type: "DATE", value: null },
                },
              },
            ],
          },
        },
      },
    ]);
  });

  it("finds creator, modifier and updated time in an app that was made in English", async () => {
    const fields = {
      ...permissionSetFields,
      ...fieldsOf(
        field("Created_by", "CREATOR"),
        field("Updated_by", "MODIFIER"),
        field("Updated_datetime", "UPDATED_TIME"),
      ),
    };
    const records = [{ values: { name: "A" }, creator: "hanako", updatedAt: "2026-04-01T00:00:00Z" }];
    const sandbox = await openSandbox(kintoneSeed({ permissionSets: { fields, records } }));
    const { permissionSets } = await sourceAt(sandbox.url).readAllRecords();
    expect(permissionSets.records[0]?.ref).toMatchObject({
      creator: { code: "hanako" },
      modifier: { code: "hanako" },
      updatedAt: "2026-04-01T00:00:00Z",
    });
  });

  it("tells the form's fields with their labels and columns", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    const { assignments } = await sourceAt(sandbox.url).readAllRecords();
    expect(assignments.form).toContainEqual({
      code: "accounts",
      label: "Label of accounts",
      type: "SUBTABLE",
      columns: [
        { code: "account", label: "Label of account", type: "SINGLE_LINE_TEXT" },
        { code: "until", label: "Label of until", type: "DATE" },
      ],
    });
  });

  it("reads a lookup by the type of its key field", async () => {
    const lookup = {
      relatedApp: { app: String(permissionSetsAppId), code: "" },
      relatedKeyField: "name",
      fieldMappings: [],
    };
    const fields = {
      ...assignmentFields,
      ...fieldsOf(field("permission_set", "SINGLE_LINE_TEXT", { lookup })),
    };
    const sandbox = await openSandbox(kintoneSeed({ assignments: { fields } }));
    const { assignments } = await sourceAt(sandbox.url).readAllRecords();
    expect(assignments.records[0]?.fields["permission_set"]).toEqual({
      type: "SINGLE_LINE_TEXT",
      value: "ReadOnly",
    });
  });

  it("asks for nothing but the mapped fields and those that identify a record", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    await sourceAt(sandbox.url, {
      config: {
        fields: {
          ...mapping,
          permissionSets: { ...mapping.permissionSets, relayState: null, inlinePolicy: null },
        },
      },
    }).readAllRecords();
    expect(pageRequestsOf(sandbox)[0]?.parameters["fields"]).toEqual([
      "$id",
      "$revision",
      "name",
      "description",
      "session_duration",
      "managed_policies",
      "customer_managed_policies",
      "permissions_boundary",
      "作成者",
      "更新者",
      "更新日時",
    ]);
  });

  it("counts every request it sends, the repeated ones too", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    sandbox.failures.add({ match: pages, nth: 1, respond: { status: 503, body: "Service Unavailable" } });
    let requests = 0;
    const onRequest = () => {
      requests += 1;
    };
    await sourceAt(sandbox.url, { onRequest }).readAllRecords();
    expect(requests).toBe(7);
    expect(sandbox.requests).toHaveLength(7);
  });
});

describe("The configured condition", () => {
  it("narrows down what is read, whatever it joins with or", async () => {
    const records = ["A", "B", "C"].map((name) => ({ values: { name } }));
    const sandbox = await openSandbox(kintoneSeed({ permissionSets: { records } }));
    const query = { ...noQuery, permissionSets: ' name = "A" or name = "C" ' };
    const { permissionSets } = await sourceAt(sandbox.url, { config: { query } }).readAllRecords();
    expect(idsOf(permissionSets)).toEqual([1, 3]);
    expect(pageRequestsOf(sandbox)[0]?.parameters["query"]).toBe(
      '(name = "A" or name = "C") and $id > 0 order by $id asc limit 500',
    );
  });

  it("may be longer than an address can be", async () => {
    const records = ["A", "B"].map((name) => ({ values: { name } }));
    const sandbox = await openSandbox(kintoneSeed({ permissionSets: { records } }));
    const names = Array.from({ length: 1_000 }, (_, index) => `"Set${index}"`);
    const query = { ...noQuery, permissionSets: `name in ("B", ${names.join(", ")})` };
    const { permissionSets } = await sourceAt(sandbox.url, { config: { query } }).readAllRecords();
    expect(idsOf(permissionSets)).toEqual([2]);
  });

  it.each([
    ['name = "A" order by name asc', "order by"],
    ["name in () limit 10", "limit 1"],
    ["name in () OFFSET 20", "OFFSET 2"],
    ['name = "A") or (name = "B"', "parentheses"],
    ['(name = "A"', "parentheses"],
    ['name = "A', "quotation mark"],
  ])("is refused before any request when it is %s", async (condition, problem) => {
    const sandbox = await openSandbox(kintoneSeed());
    const query = { ...noQuery, assignments: condition };
    const error = await rejectionOf(sourceAt(sandbox.url, { config: { query } }).readAllRecords());
    expect(error).toMatchObject(
      passError("kintone.query-invalid", {
        appId: assignmentsAppId,
        query: condition,
        message: expect.stringContaining(problem) as string,
      }),
    );
    expect(sandbox.requests).toEqual([]);
  });

  it("may hold the words and parentheses it must not use, inside quotation marks", async () => {
    const name = 'order by limit 1 offset 2 :) \\"';
    const records = [{ values: { name: name.replaceAll("\\", "") } }, { values: { name: "other" } }];
    const sandbox = await openSandbox(kintoneSeed({ permissionSets: { records } }));
    const query = { ...noQuery, permissionSets: `name = "${name}"` };
    const { permissionSets } = await sourceAt(sandbox.url, { config: { query } }).readAllRecords();
    expect(idsOf(permissionSets)).toEqual([1]);
  });

  it("is shown with kintone's reason when kintone refuses it", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    const query = { ...noQuery, permissionSets: 'no_such_field = "A"' };
    const error = await rejectionOf(sourceAt(sandbox.url, { config: { query } }).readAllRecords());
    expect(error).toMatchObject(
      passError("kintone.query-invalid", {
        appId: permissionSetsAppId,
        query: 'no_such_field = "A"',
        message: expect.stringContaining("no_such_field") as string,
      }),
    );
  });

  it("is shown with the place of the mistake when kintone cannot parse it", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    const query = { ...noQuery, permissionSets: "name ==" };
    const body = {
      code: "CB_VA01",
      id: "1",
      message: "Missing or invalid input.",
      errors: { query: { messages: ["The query is broken\n  at '='."] } },
    };
    sandbox.failures.add({ match: pages, respond: { status: 400, body } });
    const error = await rejectionOf(sourceAt(sandbox.url, { config: { query } }).readAllRecords());
    expect(error).toMatchObject(
      passError("kintone.query-invalid", {
        message: "Missing or invalid input. query: The query is broken at '='.",
      }),
    );
  });
});

describe("A request that fails for a moment", () => {
  it.each([1, 2, 3])("is repeated when it is the one for page %i", async (nth) => {
    const sandbox = await openSandbox(kintoneSeed({ permissionSets: { records: manyRecords(1_201) } }));
    const respond = { status: 503, body: "Service Unavailable" };
    sandbox.failures.add({ match: pages, nth, times: 2, respond });
    const clock = createInstantClock();
    const { permissionSets } = await sourceAt(sandbox.url, { clock }).readAllRecords();
    expect(idsOf(permissionSets)).toEqual(range(1, 1_201));
    expect(pageRequestsOf(sandbox)).toHaveLength(5);
    expect(clock.waitsMs).toEqual([500, 1_000]);
  });

  it.each([1, 2, 3])("ends the read when page %i is never answered", async (nth) => {
    const sandbox = await openSandbox(kintoneSeed({ permissionSets: { records: manyRecords(1_201) } }));
    const respond = { status: 503, body: "Service Unavailable" };
    sandbox.failures.add({ match: pages, nth, times: 1_000, respond });
    const clock = createInstantClock();
    const error = await rejectionOf(sourceAt(sandbox.url, { clock }).readAllRecords());
    expect(error).toMatchObject(passError("kintone.unavailable", { status: 503, attempts: 5 }));
    expect(pageRequestsOf(sandbox)).toHaveLength(nth + 4);
    expect(clock.waitsMs).toEqual([500, 1_000, 2_000, 4_000]);
  });

  it.each([
    ["a text with the status 503", 503, "Service Unavailable"],
    ["an empty answer with the status 502", 502, ""],
    ["JSON with the status 500", 500, { code: "CB_IL02", id: "1", message: "…" }],
    ["JSON that is not an object, with the status 500", 500, [1]],
    ["nothing but the status 520", 520, ""],
    ["a locked database, with the status 520", 520, { code: "GAIA_DA02", id: "1", message: "…" }],
    ["too many requests at once", 429, { code: "GAIA_TO04", id: "1", message: "…" }],
    ["too many requests at once, as a text", 429, "Too Many Requests"],
    ["a locked database", 400, { code: "GAIA_DA02", id: "1", message: "…" }],
    ["maintenance of the app", 403, { code: "GAIA_NO02", id: "1", message: "…" }],
  ])("is repeated after %s, and five times at most", async (_name, status, body) => {
    const sandbox = await openSandbox(kintoneSeed());
    sandbox.failures.add({ match: pages, times: 4, respond: { status, body } });
    await expect(sourceAt(sandbox.url).readAllRecords()).resolves.toBeDefined();
    sandbox.failures.add({ match: pages, times: 5, respond: { status, body } });
    const error = await rejectionOf(sourceAt(sandbox.url).readAllRecords());
    expect(error).toMatchObject(passError("kintone.unavailable", { status, attempts: 5 }));
  });

  it("is repeated after a connection that was cut, and five times at most", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    sandbox.failures.add({ match: { operation: "getApp" }, times: 4, respond: { reset: true } });
    await expect(sourceAt(sandbox.url).readAllRecords()).resolves.toBeDefined();
    sandbox.failures.add({ match: { operation: "getApp" }, respond: { reset: true } });
    const error = await rejectionOf(sourceAt(sandbox.url).readAllRecords());
    expect(error).toMatchObject(
      passError("kintone.unreachable", { baseUrl: sandbox.url, reason: "ECONNRESET" }),
    );
  });
});

describe("A request that fails for good", () => {
  const appId = permissionSetsAppId;

  it.each([
    [401, "CB_WA01", "kintone.not-authenticated", { status: 401, kintoneCode: "CB_WA01" }],
    [401, "CB_AU01", "kintone.not-authenticated", { status: 401, kintoneCode: "CB_AU01" }],
    [400, "GAIA_IA02", "kintone.unknown-token", { kintoneCode: "GAIA_IA02" }],
    [403, "GAIA_AP15", "kintone.token-of-other-app", { appId }],
    [520, "GAIA_AP15", "kintone.token-of-other-app", { appId }],
    [520, "GAIA_IA02", "kintone.unknown-token", { kintoneCode: "GAIA_IA02" }],
    [520, "GAIA_AP01", "kintone.app-not-found", { appId }],
    [520, "CB_NO02", "kintone.no-permission", { appId, kintoneCode: "CB_NO02" }],
    [520, "CB_WA01", "kintone.not-authenticated", { status: 520, kintoneCode: "CB_WA01" }],
    [403, "CB_NO02", "kintone.no-permission", { appId, kintoneCode: "CB_NO02" }],
    [403, "GAIA_NO01", "kintone.no-permission", { appId, kintoneCode: "GAIA_NO01" }],
    [404, "GAIA_AP01", "kintone.app-not-found", { appId }],
    [400, "GAIA_IL23", "kintone.guest-space", { appId, kintoneCode: "GAIA_IL23" }],
    [
      400,
      "GAIA_XX99",
      "kintone.request-failed",
      { request: "GET records.json", status: 400, kintoneCode: "GAIA_XX99", message: "Something new." },
    ],
  ] as const)("is not repeated after %i %s, but told as %s %o", async (status, code, expected, params) => {
    const sandbox = await openSandbox(kintoneSeed());
    const body = { code, id: "x1", message: "Something new." };
    sandbox.failures.add({ match: pages, respond: { status, body } });
    const error = await rejectionOf(sourceAt(sandbox.url).readAllRecords());
    expect(error).toMatchObject(passError(expected, params));
    expect(pageRequestsOf(sandbox)).toHaveLength(1);
  });

  it.each([
    [401, "kintone.not-authenticated", { status: 401, kintoneCode: "" }],
    [403, "kintone.not-authenticated", { status: 403, kintoneCode: "" }],
    [404, "kintone.request-failed", { request: "GET records.json", status: 404, message: "Not Found" }],
  ] as const)(
    "is told as what stands in front of kintone when the status %i comes with a text",
    async (status, expected, params) => {
      const sandbox = await openSandbox(kintoneSeed());
      sandbox.failures.add({ match: pages, respond: { status, body: "<html>…</html>" } });
      const error = await rejectionOf(sourceAt(sandbox.url).readAllRecords());
      expect(error).toMatchObject(passError(expected, params));
      expect(pageRequestsOf(sandbox)).toHaveLength(1);
    },
  );

  it("is told as an unknown token, and of no app, when one of the tokens is mistyped", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    const secrets = {
      kintone: { kind: "api-token", tokens: ["permissionsetstoken", "nosuchtoken"] },
    } as const;
    const error = await rejectionOf(sourceAt(sandbox.url, { secrets }).readAllRecords());
    expect(error).toMatchObject(passError("kintone.unknown-token", { kintoneCode: "GAIA_IA02" }));
  });

  it("is told as a token of another app when one of two apps lacks its token", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    const secrets = { kintone: { kind: "api-token", tokens: ["permissionsetstoken"] } } as const;
    const error = await rejectionOf(sourceAt(sandbox.url, { secrets }).readAllRecords());
    expect(error).toMatchObject(passError("kintone.token-of-other-app", { appId: assignmentsAppId }));
  });

  it("is told as a lack of permission when the token may add records but not view them", async () => {
    const tokens = [{ token: "permissionsetstoken", permissions: ["add" as const] }];
    const sandbox = await openSandbox(kintoneSeed({ permissionSets: { tokens } }));
    const error = await rejectionOf(sourceAt(sandbox.url).readAllRecords());
    expect(error).toMatchObject(
      passError("kintone.no-permission", { appId: permissionSetsAppId, kintoneCode: "GAIA_NO01" }),
    );
  });

  it("is told as a lack of permission when the user may not use the app", async () => {
    const acl = { usersWithoutAccess: ["hanako"] };
    const sandbox = await openSandbox(kintoneSeed({ assignments: { acl } }));
    const error = await rejectionOf(sourceAt(sandbox.url, { secrets: hanakosPassword }).readAllRecords());
    expect(error).toMatchObject(
      passError("kintone.no-permission", { appId: assignmentsAppId, kintoneCode: "CB_NO02" }),
    );
  });

  it("is told as an app that does not exist when the app id is wrong", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    const config = { assignments: { app: 99 } };
    const error = await rejectionOf(sourceAt(sandbox.url, { config }).readAllRecords());
    expect(error).toMatchObject(passError("kintone.app-not-found", { appId: 99 }));
  });
});

describe("A read that cannot be proven complete", () => {
  const page = (records: readonly unknown[], totalCount: unknown = String(records.length)) => ({
    records,
    totalCount,
  });
  const incomplete = (problem: string, appId = permissionSetsAppId) =>
    passError("kintone.incomplete-read", { appId, problem: expect.stringContaining(problem) as string });

  it.each([
    ["a page of HTML", "<!DOCTYPE html><html><body>Login</body></html>"],
    ["nothing", ""],
    ["a list", []],
    ["no records", { totalCount: "0" }],
    ["no count", { records: [], totalCount: null }],
    ["a count that is no number", page([], "many")],
    ["a record that is no object", page(["record"])],
    ["a field without a value", page([answeredRecord(1, { name: { type: "SINGLE_LINE_TEXT" } })])],
    ["more than 500 records", page(range(1, 501).map((id) => answeredRecord(id)))],
  ])("is refused when the status 200 comes with %s", async (_name, body) => {
    const { sandbox, source } = await sourceWithPages(body);
    expect(await rejectionOf(source.readAllRecords())).toMatchObject(incomplete("not a page of records"));
    expect(pageRequestsOf(sandbox)).toHaveLength(1);
  });

  it.each([
    ["getApp", "<html></html>", "GET app.json"],
    ["getApp", { appId: "99", name: "another app" }, "GET app.json"],
    ["getFormFields", "", "GET app/form/fields.json"],
    ["getFormFields", { properties: "none" }, "GET app/form/fields.json"],
  ])("is refused before any record is read when %s is answered with %j", async (operation, body, request) => {
    const sandbox = await openSandbox(kintoneSeed());
    sandbox.failures.add({ match: { operation }, respond: { status: 200, body } });
    expect(await rejectionOf(sourceAt(sandbox.url).readAllRecords())).toMatchObject(incomplete(request));
    expect(sandbox.requests.filter(({ operation }) => operation === "getRecords")).toEqual([]);
  });

  it.each([
    ["out of order", [2, 1], "record 1 came after record 2"],
    ["twice", [1, 1], "record 1 came after record 1"],
  ])("is refused when records come %s", async (_name, ids, problem) => {
    const { source } = await sourceWithPages(page(ids.map((id) => answeredRecord(id))));
    expect(await rejectionOf(source.readAllRecords())).toMatchObject(incomplete(problem));
  });

  it("is refused when the second page repeats a record of the first", async () => {
    const firstPage = page(
      range(1, 500).map((id) => answeredRecord(id)),
      "501",
    );
    const { source } = await sourceWithPages(firstPage, page([answeredRecord(500)]));
    expect(await rejectionOf(source.readAllRecords())).toMatchObject(
      incomplete("record 500 came after record 500"),
    );
  });

  it.each([
    ["$id", { $id: { type: "__ID__", value: "" } }],
    ["$id", { $id: undefined }],
    ["$revision", { $revision: { type: "__REVISION__", value: 1 } }],
  ])("is refused when a record has no readable %s", async (name, changes) => {
    const { source } = await sourceWithPages(page([answeredRecord(1, changes)]));
    expect(await rejectionOf(source.readAllRecords())).toMatchObject(incomplete(name));
  });

  it("is refused when a field is missing from one record", async () => {
    const records = [answeredRecord(1), answeredRecord(2, { inline_policy: undefined })];
    const { source } = await sourceWithPages(page(records));
    expect(await rejectionOf(source.readAllRecords())).toMatchObject(
      incomplete('record 2 has no field "inline_policy"'),
    );
  });

  it("is refused when a field has another type than in the form", async () => {
    const name = { type: "NUMBER", value: "1" };
    const { source } = await sourceWithPages(page([answeredRecord(1, { name })]));
    expect(await rejectionOf(source.readAllRecords())).toMatchObject(
      incomplete('record 1 has a field "name" of the type NUMBER instead of SINGLE_LINE_TEXT'),
    );
  });

  it.each([
    ["a row has lost the column that counts", [{ id: "1", value: {} }]],
    ["its column has another type", [{ id: "1", value: { account: { type: "NUMBER", value: "1" } } }]],
    ["its rows cannot be read", "no rows"],
  ])("is refused when of a table %s", async (_name, value) => {
    const sandbox = await openSandbox(kintoneSeed());
    const [record] = sandbox.records(assignmentsAppId);
    const body = page([{ ...record, accounts: { type: "SUBTABLE", value } }]);
    const match: FailureRule["match"] = (request) =>
      request.operation === "getRecords" && appOf(request) === assignmentsAppId;
    sandbox.failures.add({ match, respond: { status: 200, body } });
    expect(await rejectionOf(sourceAt(sandbox.url).readAllRecords())).toMatchObject(
      incomplete("accounts", assignmentsAppId),
    );
  });

  it("is refused when the user may not view a field, which kintone then leaves out in silence", async () => {
    const acl = { hiddenFields: { hanako: ["inline_policy"] } };
    const sandbox = await openSandbox(kintoneSeed({ permissionSets: { acl } }));
    const source = sourceAt(sandbox.url, { secrets: hanakosPassword });
    expect(await rejectionOf(source.readAllRecords())).toMatchObject(
      incomplete('record 1 has no field "inline_policy"'),
    );
  });

  it("is refused when kintone cut the search off", async () => {
    const records = manyRecords(20);
    const sandbox = await openSandbox(kintoneSeed({ permissionSets: { records } }), {
      limits: { searchMatches: 10 },
    });
    expect(await rejectionOf(sourceAt(sandbox.url).readAllRecords())).toMatchObject(incomplete("cut off"));
    expect(pageRequestsOf(sandbox)).toHaveLength(1);
  });

  it("is begun anew three times, then refused, when a page is short though more records match", async () => {
    const { sandbox, source } = await sourceWithPages(page([answeredRecord(1)], "2"));
    expect(await rejectionOf(source.readAllRecords())).toMatchObject(
      incomplete("a page held 1 records, though 2 matched"),
    );
    expect(pageRequestsOf(sandbox)).toHaveLength(4);
  });

  it("is begun anew three times, then refused, when an empty page comes though records match", async () => {
    const { sandbox, source } = await sourceWithPages(page([], "2"));
    expect(await rejectionOf(source.readAllRecords())).toMatchObject(
      incomplete("a page held 0 records, though 2 matched"),
    );
    expect(pageRequestsOf(sandbox)).toHaveLength(4);
  });

  it("is refused when a page holds more records than match", async () => {
    const { source } = await sourceWithPages(page([answeredRecord(1), answeredRecord(2)], "1"));
    expect(await rejectionOf(source.readAllRecords())).toMatchObject(
      incomplete("a page held 2 records, though only 1 matched"),
    );
  });
});

describe("Records that change while they are read", () => {
  /** Does something at the moment the second page is asked for, as often as it is. */
  async function openChangingSandbox(change: (sandbox: KintoneSandbox) => void, times: number) {
    const sandbox = await openSandbox(kintoneSeed({ permissionSets: { records: manyRecords(600) } }));
    let changes = 0;
    const match = (request: SandboxRequest) => {
      const { query } = request.body as { readonly query?: string };
      const isSecondPage = appOf(request) === permissionSetsAppId && query?.startsWith("$id > 5") === true;
      if (isSecondPage && changes < times) {
        changes += 1;
        change(sandbox);
      }
      return false;
    };
    sandbox.failures.add({ match, respond: { status: 500 } });
    return sandbox;
  }

  it("are read anew once when a record was added", async () => {
    const sandbox = await openChangingSandbox((open) => {
      open.addRecord(permissionSetsAppId, { name: "New" });
    }, 1);
    const clock = createInstantClock();
    const { permissionSets } = await sourceAt(sandbox.url, { clock }).readAllRecords();
    expect(idsOf(permissionSets)).toEqual(range(1, 601));
    expect(pageRequestsOf(sandbox)).toHaveLength(4);
    expect(clock.waitsMs).toEqual([1_000]);
  });

  it("are read anew once when a record of the next page was deleted", async () => {
    const sandbox = await openChangingSandbox((open) => {
      open.deleteRecord(permissionSetsAppId, 550);
    }, 1);
    const { permissionSets } = await sourceAt(sandbox.url).readAllRecords();
    expect(idsOf(permissionSets)).toEqual([...range(1, 549), ...range(551, 600)]);
    expect(pageRequestsOf(sandbox)).toHaveLength(4);
  });

  it("are not read as complete when they never stay the same", async () => {
    const sandbox = await openChangingSandbox((open) => {
      open.addRecord(permissionSetsAppId, { name: `New${open.records(permissionSetsAppId).length}` });
    }, 1_000);
    const error = await rejectionOf(sourceAt(sandbox.url).readAllRecords());
    expect(error).toMatchObject(
      passError("kintone.incomplete-read", {
        appId: permissionSetsAppId,
        problem: "the number of records still to come was 103, then 104",
      }),
    );
    expect(pageRequestsOf(sandbox)).toHaveLength(8);
  });
});

describe("Fields that cannot be used", () => {
  it("are told all at once, with what was looked for and what was found", async () => {
    const fields = fieldsOf(
      field("name", "RICH_TEXT"),
      field("description", "SUBTABLE", { fields: fieldsOf(field("line", "SINGLE_LINE_TEXT")) }),
      field("session_duration", "NUMBER"),
      field("relay_state", "LINK"),
      field("managed_policies", "SUBTABLE", {
        fields: fieldsOf(field("policy", "SINGLE_LINE_TEXT"), field("remark", "SINGLE_LINE_TEXT")),
      }),
      field("customer_managed_policies", "SUBTABLE", { fields: fieldsOf(field("until", "DATE")) }),
      field("permissions_boundary", "USER_SELECT"),
      field("renamed_policy", "MULTI_LINE_TEXT"),
    );
    const sandbox = await openSandbox(kintoneSeed({ permissionSets: { fields, records: [] } }));
    const error = await rejectionOf(sourceAt(sandbox.url).readAllRecords());
    const text = ["SINGLE_LINE_TEXT", "MULTI_LINE_TEXT", "DROP_DOWN", "RADIO_BUTTON", "LINK", "NUMBER"];
    const list = [
      "SINGLE_LINE_TEXT",
      "MULTI_LINE_TEXT",
      "DROP_DOWN",
      "RADIO_BUTTON",
      "CHECK_BOX",
      "MULTI_SELECT",
      "SUBTABLE",
    ];
    expect(error).toMatchObject(
      passError("kintone.fields-unusable", {
        appId: permissionSetsAppId,
        problems: [
          { field: "name", code: "name", problem: "type", foundType: "RICH_TEXT", allowedTypes: text },
          {
            field: "description",
            code: "description",
            problem: "type",
            foundType: "SUBTABLE",
            allowedTypes: text,
          },
          {
            field: "managedPolicies",
            code: "managed_policies",
            problem: "table-columns",
            foundType: "SUBTABLE",
            allowedTypes: list,
          },
          {
            field: "customerManagedPolicies",
            code: "customer_managed_policies",
            problem: "table-columns",
            foundType: "SUBTABLE",
            allowedTypes: list,
          },
          {
            field: "permissionsBoundary",
            code: "permissions_boundary",
            problem: "type",
            foundType: "USER_SELECT",
            allowedTypes: text,
          },
          { field: "inlinePolicy", code: "inline_policy", problem: "missing", allowedTypes: text },
        ],
      }),
    );
  });

  it("keep the records of both apps from being read", async () => {
    const fields = fieldsOf(field("permission_set", "SINGLE_LINE_TEXT"));
    const sandbox = await openSandbox(kintoneSeed({ assignments: { fields, records: [] } }));
    const error = await rejectionOf(sourceAt(sandbox.url).readAllRecords());
    expect(error).toMatchObject(passError("kintone.fields-unusable", { appId: assignmentsAppId }));
    expect(sandbox.requests.filter(({ operation }) => operation === "getRecords")).toEqual([]);
  });

  it("are no trouble where the mapping says that the app has no such field", async () => {
    const fields = fieldsOf(
      field("permission_set", "DROP_DOWN"),
      field("who", "CHECK_BOX"),
      field("accounts", "MULTI_SELECT"),
    );
    const sandbox = await openSandbox(kintoneSeed({ assignments: { fields, records: [] } }));
    const config = {
      fields: { ...mapping, assignments: { ...mapping.assignments, users: "who", groups: null } },
    };
    const { assignments } = await sourceAt(sandbox.url, { config }).readAllRecords();
    expect(assignments.records).toEqual([]);
  });
});

describe("When both apps fail", () => {
  it("the permission-set app's error is told, whichever came first", async () => {
    const sandbox = await openSandbox(kintoneSeed());
    const respond = { status: 404, body: { code: "GAIA_AP01", id: "1", message: "…" } };
    const isOf = (app: number) => (request: SandboxRequest) =>
      request.operation === "getRecords" && appOf(request) === app;
    sandbox.failures.add({ match: isOf(permissionSetsAppId), respond: { delayMs: 50 } });
    sandbox.failures.add({ match: isOf(permissionSetsAppId), respond });
    sandbox.failures.add({ match: isOf(assignmentsAppId), respond });
    const error = await rejectionOf(sourceAt(sandbox.url).readAllRecords());
    expect(error).toMatchObject(passError("kintone.app-not-found", { appId: permissionSetsAppId }));
  });
});
