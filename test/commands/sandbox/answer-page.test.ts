import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createPageAnswers } from "../../../src/commands/sandbox/pages/answer-page.ts";
import { createSyncDesk } from "../../../src/commands/sandbox/pages/desk.ts";
import { companySeed } from "../../../src/sandbox/company/company-seed.ts";
import { type Sandbox, startSandbox } from "../../../src/sandbox/start-sandbox.ts";
import { sandboxPageTexts } from "../../../src/words/sandbox-page-texts.ts";
import { hostileTexts } from "../../corpus/hostile-texts.ts";

let sandbox: Sandbox;
let finishSync = (): void => undefined;

beforeAll(async () => {
  sandbox = await startSandbox({ seed: companySeed() });
  const sync = createSyncDesk(async () => {
    await new Promise<void>((resolve) => {
      finishSync = resolve;
    });
    return { finishedAt: "2026-11-20T01:02:03Z", result: "applied", headline: "", text: "All is well." };
  });
  const answer = createPageAnswers({
    sandbox,
    sync,
    reader: { language: "en", timeZone: "Asia/Tokyo" },
    texts: sandboxPageTexts("en"),
    channels: companySeed().slack.channels,
  });
  sandbox.kintone.showPages(answer);
});

afterAll(() => sandbox.close());

const at = (path: string, init: RequestInit = {}) =>
  fetch(`${sandbox.kintone.url}${path}`, { redirect: "manual", ...init });

const post = (path: string, fields: Readonly<Record<string, string>>, headers = {}) =>
  at(path, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      cookie: "person=ito.daisuke",
      ...headers,
    },
    body: new URLSearchParams(fields).toString(),
  });

describe("the pages of the sandbox", () => {
  test("stand beside kintone's API, which answers as ever", async () => {
    const page = await at("/k/11/");
    expect(page.status).toBe(200);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    const api = await at("/k/v1/records.json?app=11");
    expect([api.status, ((await api.json()) as { readonly code: string }).code]).toEqual([401, "CB_AU01"]);
  });

  test("do not answer for what is not there, and take no form from another site", async () => {
    const missing = [
      "/k/99/",
      "/k/11/show?record=999",
      "/k/11/edit?record=999",
      "/archives/C0",
      "/else",
      "//",
    ];
    expect(await Promise.all(missing.map(async (path) => (await at(path)).status))).toEqual(
      missing.map(() => 404),
    );
    const before = sandbox.kintone.records(11).length;
    const refused = await post("/k/11/show?record=1", { delete: "yes" }, { origin: "https://example.com" });
    expect(refused.status).toBe(403);
    expect(sandbox.kintone.records(11)).toHaveLength(before);
  });

  test("lead from the address of a record, whose number no server is told, to the record", async () => {
    expect(await (await at("/k/11/show")).text()).toContain("location.hash");
  });

  test("add, change and delete a record as the person whom the visitor chose to be", async () => {
    const added = await post("/k/11/edit", {
      "f:permission_set": "Developer",
      "f:users": "ito.daisuke",
      "f:accounts": "sandbox",
      "f:groups": "SRE\r\n経理",
    });
    expect(added.status).toBe(303);
    const place = added.headers.get("location") ?? "";
    const id = Number(/\d+$/u.exec(place)?.[0]);
    const record = () => sandbox.kintone.records(11).find((each) => each["$id"]?.value === String(id));
    expect(record()).toMatchObject({
      users: { value: [{ code: "ito.daisuke" }] },
      groups: { value: "SRE\n経理" },
      作成者: { value: { code: "ito.daisuke" } },
    });
    const wrong = await post(`/k/11/edit?record=${id}`, {
      "f:permission_set": "Nothing",
      "f:accounts": "sandbox",
    });
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining("Nothing")]);
    expect((await post(place, { delete: "yes" })).status).toBe(303);
    expect(record()).toBeUndefined();
  });

  test("start one sync at a time, and look again until it ends", async () => {
    expect((await post("/sync", {})).headers.get("location")).toBe("/sync");
    await post("/sync", {});
    expect((await at("/sync")).headers.get("refresh")).toBe("1");
    finishSync();
    await expect.poll(async () => (await at("/sync")).headers.get("refresh")).toBeNull();
    expect(await (await at("/sync")).text()).toContain("All is well.");
  });

  test("hold a hostile text as data only, wherever it stands", async () => {
    for (const text of hostileTexts) {
      sandbox.kintone.updateRecord(11, 1, { permission_set_description: text, groups: text });
      sandbox.kintone.postCommentAs("ito.daisuke", 11, 1, text.slice(0, 60_000) || " ");
    }
    for (const path of ["/k/11/", "/k/11/show?record=1", "/k/11/edit?record=1"]) {
      const html = await (await at(path)).text();
      const [, data = ""] = /<script type="application\/json" id="data">(.*?)<\/script>/su.exec(html) ?? [];
      expect(data.match(/[<>&]/gu)).toBeNull();
      expect(html.match(/<script/gu)).toHaveLength(2);
      expect(html.replace(data, "")).not.toContain("onerror");
    }
  });
});
