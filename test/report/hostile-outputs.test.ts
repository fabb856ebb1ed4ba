import { describe, expect, it } from "vitest";
import type { Language } from "../../src/model/config.ts";
import { disarmCommands } from "../../src/process/harmless-text.ts";
import { noPaint } from "../../src/process/terminal.ts";
import { digest } from "../../src/model/digest.ts";
import { createIssue } from "../../src/model/issue.ts";
import { renderAnnotations } from "../../src/tell/github-annotations.ts";
import { findIncidents } from "../../src/tell/incidents.ts";
import { findMarker } from "../../src/tell/notice-markers.ts";
import { buildRecordNotices } from "../../src/tell/record-notices.ts";
import { renderReportText } from "../../src/report/render-report-text.ts";
import { buildBlocks } from "../../src/slack/message-blocks.ts";
import { production, recordRef, user } from "../builders.ts";
import { hostileTexts } from "../corpus/hostile-texts.ts";
import { findWorkflowCommands } from "../github/runner.ts";
import { assign, failed, passWithIssues, planOf, reportOf } from "./builders.ts";
import { hostileReport } from "../tell/github-hostile-report.ts";

const languages = ["ja", "en"] as const;

/**
 * What Azure Pipelines' agent carries out (`##vso[…]`) or shows as something else than text (`##[…]`).
 * https://learn.microsoft.com/en-us/azure/devops/pipelines/scripts/logging-commands
 */
const azureCommandsIn = (printed: string) => printed.match(/##(?:vso)?\[/giu) ?? [];

const allowedElements = new Set(["rich_text", "rich_text_section", "text", "link"]);

/** Types of everything in Slack's blocks, and the addresses of its links. */
function inspectBlocks(value: unknown): {
  readonly types: readonly string[];
  readonly urls: readonly string[];
} {
  if (Array.isArray(value)) {
    const all = value.map(inspectBlocks);
    return { types: all.flatMap(({ types }) => types), urls: all.flatMap(({ urls }) => urls) };
  }
  if (typeof value !== "object" || value === null) return { types: [], urls: [] };
  const own = value as { readonly type?: unknown; readonly url?: unknown };
  const below = inspectBlocks(Object.values(value));
  return {
    types: [...(typeof own.type === "string" ? [own.type] : []), ...below.types],
    urls: [...(typeof own.url === "string" ? [own.url] : []), ...below.urls],
  };
}

const recordAddress = "https://example.cybozu.com/k/11/show#record=1";

describe("a hostile text in a record", () => {
  it("comes in more than sixty kinds", () => {
    expect(new Set(hostileTexts).size).toBeGreaterThanOrEqual(60);
  });

  const printed = (text: string, language: Language) =>
    disarmCommands(renderReportText(hostileReport(text), language, noPaint));

  it.each(languages)("does nothing on standard output in GitHub Actions (%s)", (language) => {
    for (const text of hostileTexts) expect(findWorkflowCommands(printed(text, language))).toEqual([]);
  });

  it.each(languages)("does nothing on standard output in Azure Pipelines (%s)", (language) => {
    for (const text of hostileTexts) expect(azureCommandsIn(printed(text, language))).toEqual([]);
  });

  it.each(languages)("adds no command to the annotations (%s)", (language) => {
    const calm = renderAnnotations(hostileReport("calm"), language).length;
    for (const text of hostileTexts) {
      const lines = renderAnnotations(hostileReport(text), language).join("\n");
      const commands = findWorkflowCommands(lines);
      expect(commands).toHaveLength(calm);
      expect(commands.every(({ name }) => /^(?:error|warning|notice)$/u.test(name))).toBe(true);
    }
  });

  it.each(languages)("is plain text in Slack: no mention, no link but to records (%s)", (language) => {
    const options = {
      newlyTold: new Set<string>(),
      onlyNew: false,
      authors: new Map<string, string>(),
      recordUrl: () => recordAddress,
      digest,
      language,
    };
    for (const text of hostileTexts) {
      const report = hostileReport(text);
      const records = new Set([recordAddress, ...report.issues.map(({ url }) => url)]);
      for (const { message } of findIncidents(report, { ...options, commentFailures: [text] })) {
        const { types, urls } = inspectBlocks(buildBlocks(message));
        expect(types.filter((type) => !allowedElements.has(type))).toEqual([]);
        expect(urls.filter((url) => !records.has(url))).toEqual([]);
      }
    }
  });

  it.each(languages)(
    "is plain text in a record's comment: nobody is mentioned, no address is live (%s)",
    (language) => {
      for (const text of hostileTexts) {
        const record = recordRef({ app: "assignments", id: "7", modifier: { code: "sato", name: text } });
        const change = assign("ReadOnly", production, user("anna", { userName: text }), {
          records: [record],
        });
        const pass = passWithIssues(
          [
            createIssue("account.unknown", record, "accounts", { value: text, suggestions: [text] }),
            createIssue("assignment.permission-set-unknown", record, "permissionSet", {
              name: text,
              suggestions: [],
            }),
            createIssue("policy.analyzer-finding", record, undefined, {
              issueCode: text,
              details: text,
              learnMoreLink: text,
            }),
          ],
          {
            plan: planOf([change]),
            outcomes: [failed(change, { message: `Not supported policy ${text}` })],
          },
        );
        const report = reportOf(pass, { language });
        const [notice] = buildRecordNotices(pass, report, language);
        expect(notice?.mentions).toEqual(["sato"]);
        expect(notice?.text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}]/u);
        const live = [...(notice?.text.matchAll(/\b[a-z][a-z0-9+.-]*:\/\/([^\s/]+)/giu) ?? [])].map(
          ([, host]) => host,
        );
        expect(
          live.filter(
            (host) =>
              host !== "example.cybozu.com" && !/^(docs|console)\.aws\.amazon\.com$/u.test(host ?? ""),
          ),
        ).toEqual([]);
        expect(findMarker(notice?.text ?? "")).toBe(notice?.marker);
      }
    },
  );
});
