import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeRunFiles } from "../../src/github/write-run-files.ts";
import { hostileTexts } from "../corpus/hostile-texts.ts";
import { readOutputFile } from "./runner.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "run-files-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function fileWith(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe("outputs", () => {
  it("are what they were, whatever their values are, and nothing besides", async () => {
    const path = await fileWith("output", "");
    // Half of a surrogate pair cannot be written.
    const texts = hostileTexts.map((text) => text.replaceAll(/\p{Cs}/gu, "\uFFFD"));
    const values = Object.fromEntries(texts.map((text, index) => [`value-${index}`, text]));
    expect(await writeRunFiles({ outputs: { path, values } })).toEqual([]);
    expect(readOutputFile(await readFile(path, "utf8"))).toEqual(values);
  });

  it("come after those that are already there, even where the last line has no end", async () => {
    const path = await fileWith("output", "earlier=1");
    await writeRunFiles({ outputs: { path, values: { result: "applied" } } });
    expect(readOutputFile(await readFile(path, "utf8"))).toEqual({ earlier: "1", result: "applied" });
  });

  it("end at another place each time", async () => {
    const path = await fileWith("output", "");
    await writeRunFiles({ outputs: { path, values: { a: "1", b: "2" } } });
    const ends = (await readFile(path, "utf8")).match(/(?<=<<).+/gu) ?? [];
    expect(new Set(ends).size).toBe(2);
  });
});

describe("the report", () => {
  it("replaces an earlier one, and the output names its path", async () => {
    const [report, path] = [
      await fileWith("report.json", "an earlier and longer one"),
      await fileWith("output", ""),
    ];
    const outputs = { path, values: { result: "applied" } };
    expect(await writeRunFiles({ report: { path: report, text: "{}\n" }, outputs })).toEqual([]);
    expect(await readFile(report, "utf8")).toBe("{}\n");
    expect(readOutputFile(await readFile(path, "utf8"))).toEqual({ result: "applied", report });
  });

  it("is for the user of the process only", async () => {
    const path = join(folder, "report.json");
    await writeRunFiles({ report: { path, text: "{}" } });
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it("is not named when it could not be written", async () => {
    const path = await fileWith("output", "");
    const report = { path: join(folder, "nowhere", "report.json"), text: "{}" };
    expect(await writeRunFiles({ report, outputs: { path, values: { result: "failed" } } })).toEqual([
      "the report could not be written (ENOENT)",
    ]);
    expect(readOutputFile(await readFile(path, "utf8"))).toEqual({ result: "failed" });
  });
});

describe("the summary", () => {
  it("begins on a line of its own after an earlier one", async () => {
    const path = await fileWith("summary", "earlier");
    expect(await writeRunFiles({ summary: { path, text: "## 要約\n" } })).toEqual([]);
    expect(await readFile(path, "utf8")).toBe("earlier\n## 要約\n");
  });

  it("is left out rather than making GitHub drop all of the step's summary", async () => {
    const path = await fileWith("summary", "x".repeat(1_000_000));
    const text = "x".repeat(1024 * 1024 - 1_000_000);
    expect(await writeRunFiles({ summary: { path, text } })).toEqual([
      "the job summary could not be written (the summary of the step is full)",
    ]);
    expect(await writeRunFiles({ summary: { path, text: text.slice(1) } })).toEqual([]);
    expect((await stat(path)).size).toBe(1024 * 1024);
  });
});

describe("files that cannot be written", () => {
  it("are named with the reason, and keep nothing else from being written", async () => {
    const nowhere = join(folder, "nowhere", "file");
    const report = await fileWith("report.json", "");
    const reasons = await writeRunFiles({
      report: { path: report, text: "{}" },
      summary: { path: nowhere, text: "x" },
      outputs: { path: folder, values: { result: "applied" } },
    });
    expect(reasons).toEqual([
      "the job summary could not be written (ENOENT)",
      "the outputs could not be written (EISDIR)",
    ]);
    expect(await readFile(report, "utf8")).toBe("{}");
  });

  it("are named also where the path is none", async () => {
    expect(await writeRunFiles({ report: { path: "a\0b", text: "" } })).toEqual([
      "the report could not be written (ERR_INVALID_ARG_VALUE)",
    ]);
  });
});
