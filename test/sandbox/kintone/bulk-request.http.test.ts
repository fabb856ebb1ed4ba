import { expect, test } from "vitest";

import { createClient, libraryOf, startLibrary } from "./with-library.ts";

const add = (app: number, record: object) => ({
  method: "POST",
  api: "/k/v1/record.json",
  payload: { app, record },
});

test("several writes in several apps are carried out in one request", async () => {
  const sandbox = await startLibrary();
  const client = createClient(sandbox, { auth: { apiToken: ["booksAll", "loansAll"] } });
  const { results } = await client.bulkRequest({
    requests: [
      add(1, { title: { value: "four" } }),
      { method: "POST", endpointName: "record", payload: { app: 2, record: { book: { value: "four" } } } },
      { method: "DELETE", endpointName: "records", payload: { app: 1, ids: [1] } },
    ],
  });
  expect(results).toEqual([{ id: "4", revision: "1" }, { id: "8", revision: "1" }, {}]);
  expect(sandbox.records(1)).toHaveLength(3);
});

test("when one is refused none is carried out, and the answer says which", async () => {
  const sandbox = await startLibrary();
  const client = createClient(sandbox, { auth: { apiToken: ["booksAll", "loansAll"] } });
  const requests = [add(1, { title: { value: "four" } }), add(2, { book: { value: "nothing" } }), add(1, {})];
  await expect(client.bulkRequest({ requests })).rejects.toMatchObject({
    code: "GAIA_LO04",
    bulkRequestIndex: 1,
  });
  expect(sandbox.records(1)).toHaveLength(3);
  expect(sandbox.records(2)).toHaveLength(1);
});

test("twenty requests are the most, and comments are not among them", async () => {
  const client = createClient(await startLibrary());
  const many = Array.from({ length: 21 }, (_, index) => add(1, { title: { value: `t${index}` } }));
  await expect(client.bulkRequest({ requests: many })).rejects.toMatchObject({ code: "CB_VA01" });
  const comment = {
    method: "POST",
    api: "/k/v1/record/comment.json",
    payload: { app: 1, record: 1, comment: { text: "x" } },
  };
  await expect(client.bulkRequest({ requests: [comment] })).rejects.toMatchObject({ code: "CB_VA01" });
});

test("a cursor hands out a search in parts and is gone after the last one; ten are the most", async () => {
  const client = createClient(await startLibrary({ seed: libraryOf(5) }));
  const records = await client.record.getAllRecordsWithCursor({ app: 1, query: "order by $id asc" });
  expect(records.map((record) => record["$id"]?.value)).toEqual(["1", "2", "3", "4", "5"]);
  const { id, totalCount } = await client.record.createCursor({ app: 1, size: 4 });
  expect(totalCount).toBe("5");
  await expect(client.record.getRecordsByCursor({ id })).resolves.toMatchObject({
    records: { length: 4 },
    next: true,
  });
  await expect(client.record.getRecordsByCursor({ id })).resolves.toMatchObject({
    records: { length: 1 },
    next: false,
  });
  await expect(client.record.getRecordsByCursor({ id })).rejects.toMatchObject({ status: 404 });
  for (let count = 0; count < 10; count += 1) await client.record.createCursor({ app: 1 });
  await expect(client.record.createCursor({ app: 1 })).rejects.toMatchObject({ status: 400 });
});
