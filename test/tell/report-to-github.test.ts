import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GithubStep, reportToGithub } from "../../src/tell/report-to-github.ts";
import { createScrubber } from "../../src/process/secret-scrubber.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import { renderGithubSummary } from "../../src/tell/github-summary.ts";
import { hostileTexts } from "../corpus/hostile-texts.ts";
import { findWorkflowCommands, readOutputFile } from "../github/runner.ts";
import { reportOf } from "../report/builders.ts";
import { companyPass } from "../report/company-pass.ts";
import { hostileReport } from "./github-hostile-report.ts";

let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "github-"));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** A step of GitHub Actions, and what it is told. */
async function tellStep(report: RunReport, overrides: Partial<GithubStep> = {}) {
  const [summaryPath, outputPath] = [join(folder, "summary"), join(folder, "output")];
  await Promise.all([writeFile(summaryPath, ""), writeFile(outputPath, "")]);
  const lines: string[] = [];
  const warnings: string[] = [];
  await reportToGithub({
    report,
    language: "en",
    environment: {
      GITHUB_ACTIONS: "true",
      GITHUB_STEP_SUMMARY: summaryPath,
      GITHUB_OUTPUT: outputPath,
      RUNNER_TEMP: folder,
    },
    print: (line) => lines.push(line),
    scrub: (text) => text,
    logger: { warn: (message) => warnings.push(message) },
    ...overrides,
  });
  const [summary, output] = [await readFile(summaryPath, "utf8"), await readFile(outputPath, "utf8")];
  return { lines, warnings, summary, outputs: readOutputFile(output) };
}

describe("a step of GitHub Actions", () => {
  it("has the result, every count, the plan's hash and the paths of report and reply as outputs", async () => {
    const report = reportOf(await companyPass());
    const { outputs, warnings } = await tellStep(report);
    const path = join(folder, "kintone-sso-sync-report.json");
    expect(outputs).toEqual({
      result: "partly-applied",
      hash: report.plan?.hash,
      records: "9",
      changes: "15",
      applied: "13",
      failed: "1",
      knownFailures: "0",
      skipped: "1",
      held: "2",
      waiting: "1",
      unmanaged: "1",
      issues: "3",
      deletions: "3",
      report: path,
      reply: join(folder, "kintone-sso-sync-reply.md"),
    });
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual(JSON.parse(JSON.stringify(report)));
    expect(warnings).toEqual([]);
  });

  it("has the summary in the language, and annotations", async () => {
    const report = reportOf(await companyPass(), { language: "ja" });
    const { summary, lines } = await tellStep(report, { language: "ja" });
    expect(summary).toBe(`\n${renderGithubSummary(report, "ja")}`);
    expect(findWorkflowCommands(lines.join("\n")).map(({ name }) => name)).toEqual([
      "error",
      "warning",
      "warning",
      "warning",
    ]);
  });

  it("can have the report elsewhere", async () => {
    const reportPath = join(folder, "other.json");
    const { outputs } = await tellStep(reportOf(await companyPass()), { reportPath });
    expect(outputs["report"]).toBe(reportPath);
    expect(JSON.parse(await readFile(reportPath, "utf8"))).toMatchObject({ schemaVersion: 1 });
  });

  it("is told by annotations where there are no files, or none that can be written", async () => {
    const report = reportOf(await companyPass());
    const bare = await tellStep(report, { environment: { GITHUB_ACTIONS: "true" } });
    expect(bare.lines).toHaveLength(4);
    expect(bare.warnings).toEqual([]);
    const nowhere = join(folder, "nowhere", "file");
    const environment = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: nowhere, GITHUB_OUTPUT: nowhere };
    const broken = await tellStep(report, { environment });
    expect(broken.lines).toHaveLength(4);
    expect(broken.warnings).toHaveLength(2);
  });

  it("is told no secret", async () => {
    const secret = 's3cr"et | wörd';
    const scrub = createScrubber([secret]);
    const { lines, summary } = await tellStep(hostileReport(`a ${secret} b`), { scrub });
    const file = await readFile(join(folder, "kintone-sso-sync-report.json"), "utf8");
    for (const text of [...lines, summary, file]) expect(text).not.toMatch(/s3cr|wörd/u);
    expect(summary).toContain("`a [secret] b`");
  });

  it("gets no other outputs and no other commands, whatever texts a report has", async () => {
    for (const text of hostileTexts.filter(({ length }) => length < 1_000)) {
      const { lines, outputs, warnings } = await tellStep(hostileReport(text));
      expect(Object.keys(outputs)).toHaveLength(15);
      const names = findWorkflowCommands(lines.join("\n")).map(({ name }) => name);
      expect(names).toHaveLength(lines.length);
      expect(warnings).toEqual([]);
    }
  });
});

describe("anywhere else", () => {
  it.each([undefined, "", "false", "TRUE"])("nothing is told (GITHUB_ACTIONS is %j)", async (value) => {
    const environment = {
      GITHUB_ACTIONS: value,
      GITHUB_STEP_SUMMARY: join(folder, "summary"),
      GITHUB_OUTPUT: join(folder, "output"),
      RUNNER_TEMP: folder,
    };
    const { lines, summary, outputs } = await tellStep(reportOf(await companyPass()), { environment });
    expect({ lines, summary, outputs }).toEqual({ lines: [], summary: "", outputs: {} });
    expect((await readdir(folder)).toSorted()).toEqual(["output", "summary"]);
  });
});
