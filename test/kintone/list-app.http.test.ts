import { expect, it } from "vitest";

import { createKintoneClient } from "../../src/kintone/client.ts";
import { readList, writeList } from "../../src/kintone/list-app.ts";
import {
  createInstantClock,
  field,
  fieldsOf,
  kintoneConfig,
  openSandbox,
  rejectionOf,
} from "./kintone-fixture.ts";

const app = 20;
const codes = ["group_name", "state"];

/** A list of so many groups, and the adapter that keeps it. */
async function openList(count: number) {
  const sandbox = await openSandbox({
    users: [],
    apps: [
      {
        id: app,
        name: "groups",
        fields: fieldsOf(field("group_name", "SINGLE_LINE_TEXT"), field("state", "SINGLE_LINE_TEXT")),
        records: Array.from({ length: count }, (_, index) => ({
          values: { group_name: `group ${index + 1}`, state: "ACTIVE" },
        })),
        tokens: [{ token: "list", permissions: ["view", "add", "edit"] }],
      },
    ],
  });
  const config = kintoneConfig(sandbox.url);
  const client = createKintoneClient({
    config,
    secrets: { kintone: { kind: "api-token", tokens: ["list"] } },
  });
  const clock = createInstantClock();
  return { sandbox, settings: { client, config, clock, random: () => 1 } };
}

const rowsOf = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ group_name: `new ${index + 1}`, state: "ACTIVE" }));

it("a list of more records than a page has is read whole, each once", async () => {
  const { settings } = await openList(1_001);
  const read = await readList(settings, app, codes);
  expect(new Set(read.map(({ row }) => row["group_name"])).size).toBe(1_001);
  expect(read.at(-1)).toEqual({ id: "1001", row: { group_name: "group 1001", state: "ACTIVE" } });
});

it("rows are added and changed, a hundred in a request", async () => {
  const { sandbox, settings } = await openList(101);
  const before = await readList(settings, app, codes);
  const update = before.map(({ id, row }) => ({ id, row: { ...row, state: "GONE" } }));
  await writeList(settings, app, { add: rowsOf(101), update });
  const written = sandbox.requests.filter(({ kind }) => kind === "write");
  expect(written.map(({ operation }) => operation)).toEqual([
    "addRecords",
    "addRecords",
    "updateRecords",
    "updateRecords",
  ]);
  const states = sandbox.records(app).map((record) => record["state"]?.value);
  expect(states.filter((state) => state === "GONE")).toHaveLength(101);
  expect(states.filter((state) => state === "ACTIVE")).toHaveLength(101);
});

it("rows whose answer is lost are not added twice, and the next reading shows them", async () => {
  const { sandbox, settings } = await openList(0);
  sandbox.failures.add({
    match: { operation: "addRecords" },
    nth: 1,
    phase: "after",
    respond: { reset: true },
  });
  await rejectionOf(writeList(settings, app, { add: rowsOf(3), update: [] }));
  expect(await readList(settings, app, codes)).toHaveLength(3);
});

it("rows that kintone certainly did not take are sent again", async () => {
  const { sandbox, settings } = await openList(0);
  sandbox.failures.add({
    match: { operation: "addRecords" },
    nth: 1,
    respond: { status: 429, body: { code: "GAIA_TO04", id: "1", message: "Too many." } },
  });
  await writeList(settings, app, { add: rowsOf(3), update: [] });
  expect(await readList(settings, app, codes)).toHaveLength(3);
});
