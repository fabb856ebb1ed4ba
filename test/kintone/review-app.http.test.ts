import { expect, it } from "vitest";

import { createKintoneClient } from "../../src/kintone/client.ts";
import { addReviewRows, readReviewApp } from "../../src/kintone/review-app.ts";
import {
  createInstantClock,
  field,
  fieldsOf,
  kintoneConfig,
  openSandbox,
  rejectionOf,
} from "./kintone-fixture.ts";

const app = 15;
const due = "2099-12-31";

/** An empty app of reviews, and the adapter. */
async function openReviews() {
  const sandbox = await openSandbox({
    users: [{ code: "hanako", name: "花子" }],
    apps: [
      {
        id: app,
        name: "reviews",
        fields: {
          ...fieldsOf(
            field("due", "DATE"),
            field("person", "SINGLE_LINE_TEXT"),
            field("owner", "USER_SELECT"),
          ),
          ...fieldsOf({ ...field("key", "SINGLE_LINE_TEXT"), unique: true }),
        },
        records: [],
        tokens: [{ token: "reviews", permissions: ["view", "add"] }],
      },
    ],
  });
  const config = kintoneConfig(sandbox.url);
  const client = createKintoneClient({
    config,
    secrets: { kintone: { kind: "api-token", tokens: ["reviews"] } },
  });
  return { sandbox, settings: { client, config, clock: createInstantClock(), random: () => 1 } };
}

const rowsOf = (count: number, ownerOf: (index: number) => string | undefined) =>
  Array.from({ length: count }, (_, index) => ({
    key: `${due} a-${index}`,
    texts: { due, person: `person ${index}` },
    owner: ownerOf(index),
  }));

it("lines whose owner kintone does not know any more are added without one, and the others with theirs", async () => {
  const { sandbox, settings } = await openReviews();
  const owners = ["hanako", "gone", undefined, "left"];
  await addReviewRows(
    settings,
    app,
    rowsOf(150, (index) => owners[index % owners.length]),
  );
  const records = sandbox.records(app);
  expect(records).toHaveLength(150);
  const owned = records.filter(({ owner }) => [owner?.value].flat().length > 0);
  expect(owned.map(({ person }) => person?.value)).toEqual(
    Array.from({ length: 38 }, (_, index) => `person ${index * 4}`),
  );
  // Each login that is gone is looked for once: a few halves of a hundred, not a request for each line.
  expect(sandbox.requests.filter(({ kind }) => kind === "write").length).toBeLessThan(30);
});

it("every line is read once, of the day that is asked for, with who changed it last", async () => {
  const { sandbox, settings } = await openReviews();
  const none = () => undefined;
  await addReviewRows(settings, app, rowsOf(501, none));
  await addReviewRows(settings, app, [
    { key: "2098-01-01 a-1", texts: { due: "2098-01-01" }, owner: undefined },
  ]);
  sandbox.updateRecord(app, 7, { person: "somebody else" }, "hanako");
  const read = await readReviewApp(settings, app, due);
  expect(new Set(read.map(({ texts }) => texts["key"])).size).toBe(501);
  expect(read.find(({ id }) => id === 7)).toMatchObject({ modifier: "花子 (hanako)" });
});

it("a line that is there already is refused by the app, and nothing is added twice", async () => {
  const { sandbox, settings } = await openReviews();
  const rows = rowsOf(3, () => "hanako");
  await addReviewRows(settings, app, rows);
  expect(await rejectionOf(addReviewRows(settings, app, rows))).toMatchObject({
    code: "kintone.request-failed",
  });
  expect(sandbox.records(app)).toHaveLength(3);
});
