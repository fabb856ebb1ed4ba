import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReportedChange, RunReport } from "../../src/model/run-report.ts";
import { buildFailedReport } from "../../src/report/build-run-report.ts";
import { renderGithubReply, renderGithubSummary } from "../../src/tell/github-summary.ts";
import { hostileTexts } from "../corpus/hostile-texts.ts";
import { context, deleteSet, passOf, planOf, reportOf, skipped } from "../report/builders.ts";
import { companyConfig, companyPass } from "../report/company-pass.ts";
import { hostileReport } from "./github-hostile-report.ts";
import { findLiveText, type Page, readPage } from "./github-page.ts";
import { someOf } from "../share.ts";

const languages = ["ja", "en"] as const;
const strict = { guards: { ...companyConfig.guards, maxDeletions: 1, maxUsersLosingAllAccess: 0 } };

describe("the summary of a whole report", () => {
  it.each(languages)("reads well in %s", async (language) => {
    const summary = renderGithubSummary(reportOf(await companyPass(), { language }), language);
    await expect(summary).toMatchFileSnapshot(`snapshots/github-summary.${language}.md`);
  });

  it.each(languages)(
    "says in %s why a plan was refused, with the numbers and the command that approves it",
    async (language) => {
      const report = reportOf(await companyPass({}, strict), { language });
      const summary = renderGithubSummary({ ...report, issues: [] }, language);
      await expect(summary).toMatchFileSnapshot(`snapshots/github-refusal.${language}.md`);
    },
  );

  it.each(languages)("says in %s why a pass could not go on", async (language) => {
    const error = {
      code: "aws.no-instance",
      fault: "user" as const,
      message: "There is no instance.",
      hint: "Check AWS_REGION.",
    };
    const summary = renderGithubSummary(buildFailedReport("sync", error, context), language);
    await expect(summary).toMatchFileSnapshot(`snapshots/github-failure.${language}.md`);
  });

  it("is short when there is nothing to do", () => {
    const { blocks } = readPage(renderGithubSummary(reportOf(passOf()), "en"));
    expect(blocks.filter((block) => block === "heading_open" || block === "table_open")).toEqual([
      "heading_open",
      "table_open",
    ]);
  });

  it("names the changes that were not tried after a stop", () => {
    const change = deleteSet("Audit");
    const report = reportOf(passOf({ plan: planOf([change]), outcomes: [skipped(change)] }));
    const { rows } = readPage(renderGithubSummary(report, "en"));
    expect(rows).toContainEqual([
      "Audit",
      "➖ delete permission set",
      "not tried",
      "not tried, because the pass was stopped",
    ]);
  });

  it("shows every text of a report where it belongs", () => {
    const { rows, codes } = readPage(renderGithubSummary(hostileReport("Some text"), "en"));
    expect(rows.map((row) => row.join(" | ")).join("\n")).toMatchInlineSnapshot(`
      "Records | AWS operations | Deletions | Applied | Failed | As before | Not tried | Held | Waiting | Unmanaged | Issues
      5 | 6 | 1 | 1 | 2 | 0 | 3 | 1 | 1 | 1 | 2
      Guard | Reason | Numbers
      deletions | Some text | deletions: 1<br>maxDeletions: 0
      Permission set | Change | User or group | AWS account | Outcome | Reason
      Some text | ➖ unassign | Some text | Some text | failed | Some text: Some text<br>Some text
      Some text |  |  |  | failed | Some text: Some text
      Some text | ➕ attach AWS managed policy Some text |  |  | not tried | not tried, because this was not applied: Some text ➖ unassign Some text Some text
      Some text | ➕ attach customer managed policy Some textSome text |  |  | not tried | not tried, because this was not applied: Some text
      Some text | ✏️ set permissions boundary customer:Some textSome text |  |  | not tried | not tried, because the pass was stopped
      Record | Problem | How to fix
      10#Some text | ❌ 「Some text」の値<br>account.unknown | Some text<br>Example: Some text
       | ⚠️ Some text<br>Some text<br>  ^<br>policy.json-syntax | a<br>Some text
      Permission set | Change | User or group | AWS account | Records | Outcome
      Some text | ➖ unassign | Some text | Some text | no record | failed
       | ➕ assign | Some text | Some text (Some text) | 10#Some text | applied
       | ➕ attach AWS managed policy Some text |  |  | 10#Some text | not tried
       | ➕ attach customer managed policy Some textSome text |  |  | 10#Some text | not tried
       | ✏️ set permissions boundary customer:Some textSome text |  |  | 10#Some text | not tried
       | ✏️ set inline policy |  |  | 10#Some text | 
      Permission set | User or group | AWS account | Reason | Records
      Some text | Some text | Some text (Some text) | kept; would be deleted, but its record has issues | 10#Some text
      User | Record
      Some text | 11#Some text
      Permission set | User or group | AWS account | Reason | Records
      Some text | Some text | Some text | not created; would be created, but the management account is out of reach: administrators keep it in Terraform | 10#Some text
      Permission set | User or group | AWS account | Reason
      Some text | Some text | Some text (Some text) | not managed here
      Record | Note
      10#Some text | Some text
       | Some text"
    `);
    expect(codes).toContain("Some text (Some text)");
  });
});

/** How the page differs from that of a report with nothing but x in it. */
function findLive(text: string, language: "ja" | "en", render = renderGithubSummary): readonly string[] {
  const page = readPage(render(hostileReport(text), language));
  const harmless = readPage(render(hostileReport("x"), language));
  const added = (of: (page: Page) => readonly string[]): readonly string[] =>
    of(page).join("\n") === of(harmless).join("\n") ? [] : of(page);
  return [
    ...added(({ blocks }) => blocks),
    ...added(({ live }) => live),
    ...page.texts.map(findLiveText).filter((found) => found !== undefined),
  ];
}

describe("a hostile text in every place of a report", () => {
  it.each(hostileTexts)("makes nothing live (text %#)", (text) => {
    for (const language of languages) expect(findLive(text, language)).toEqual([]);
  });

  it("makes nothing live in any combination", () => {
    const pieces = hostileTexts.filter(({ length }) => length < 50);
    const mixture = fc
      .array(fc.constantFrom(...pieces, "a", " "), { minLength: 2, maxLength: 6 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(mixture, (text) => {
        expect(findLive(text, "en")).toEqual([]);
      }),
      { numRuns: someOf(100) },
    );
  });

  it("is no link, or one to a page of the web, where it is the address of a record", () => {
    const allowed = /^(link_close|strong_open|strong_close|link_open https?:\/\/[\w\-.~:/?#@=&%+,;]+)$/u;
    for (const url of hostileTexts) {
      const issues = hostileReport("x").issues.map((issue) => ({ ...issue, url }));
      const { live } = readPage(renderGithubSummary(hostileReport("x", { issues, notes: [] }), "en"));
      expect(live.filter((one) => !allowed.test(one))).toEqual([]);
    }
  });
});

/** A report of which every list has so many entries. */
function hugeReport(length: number, text: string): RunReport {
  const report = hostileReport(text);
  const { plan, startedAt, finishedAt } = report;
  if (plan === undefined) return report;
  const numbers = Array.from({ length }, (_, index) => index);
  const names = numbers.slice(0, 100).map((index) => `${text}${index}`);
  const many = <Item>([item]: readonly Item[]): readonly Item[] =>
    item === undefined ? [] : numbers.map(() => item);
  const changes = numbers.map((index): ReportedChange => {
    const target = { permissionSet: names[index % names.length] ?? "", account: text, accountName: text };
    return { id: String(index), kind: "assign", target, records: [{ app: 11, record: text }] };
  });
  return {
    ...report,
    plan: {
      ...plan,
      changes,
      held: many(plan.held),
      waiting: many(plan.waiting),
      locked: many(plan.locked),
      unmanaged: many(plan.unmanaged),
    },
    issues: many(report.issues).map((issue, index) => ({ ...issue, record: String(index) })),
    notes: many(report.notes),
    outcomes: changes.map(({ id }) => ({
      change: id,
      status: "failed",
      reason: { code: text, message: text },
      startedAt,
      finishedAt,
    })),
  };
}

const many = someOf(100_000);

describe(`a report with ${many} changes`, () => {
  it.each(["許可".repeat(1_000), "a`|<@#*_[]()!".repeat(100)])(
    "has a summary within GitHub's limit, whatever its texts are (%#)",
    (text) => {
      const report = hugeReport(many, text);
      const summary = renderGithubSummary(report, "ja");
      expect(Buffer.byteLength(summary)).toBeLessThan(1024 * 1024);
    },
  );

  it("shows a part of every list, whole rows only, and counts the rest", () => {
    const summary = renderGithubSummary(hugeReport(many, "許可".repeat(1_000)), "en");
    const lists = summary.split(/\n\n(?=### |<details>)/u).slice(3);
    expect(lists).toHaveLength(8);
    for (const list of lists) {
      const rows = list.split("\n").filter((line) => line.startsWith("| "));
      expect(rows.length).toBeGreaterThan(2);
      expect(rows.every((row) => row.endsWith(" |"))).toBe(true);
      expect(list).toContain(`\n\n… and ${many + 2 - rows.length} more`);
    }
  });

  it("shows the first 2,000 changes where their names are short", () => {
    const report = { ...hugeReport(many, "ReadOnly"), outcomes: [], issues: [] };
    const lines = renderGithubSummary(report, "en").split("\n");
    expect(lines.filter((line) => line.includes("➕ assign")).length).toBe(2_000);
  });
});

describe("the reply to a command", () => {
  const run = "https://github.com/o/r/actions/runs/1";
  const members = { runUrl: run, isPrivate: true };

  it("names nothing where others than members may read it: counts, guards, the code and links are all", async () => {
    const { violations } = hostileReport("calm");
    const report = { ...reportOf(await companyPass()), violations };
    const approval = { code: "0123456789abcdef0123-hn3k0x", expiresAt: "2026-11-21T03:00:00.000Z" };
    const reply = renderGithubReply({ ...report, approval }, "en", { runUrl: run, isPrivate: false });
    const names = [
      ...(report.plan?.changes ?? []).map(({ target }) => target.permissionSet),
      ...report.issues.map(({ message }) => message),
    ];
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => reply.includes(name))).toEqual([]);
    for (const { url, app, record } of report.issues) {
      expect(reply).toContain(`[\`${app}#${record}\`](${url})`);
    }
    expect(reply).toContain("| Records |");
    expect(reply).toContain("/sync approve 0123456789abcdef0123-hn3k0x");
    expect(reply.endsWith(`[\`This run\`](${run})\n`)).toBe(true);
  });

  it("approves by a comment, and ends with the link to the run", async () => {
    const { violations } = hostileReport("calm");
    const refused = { ...reportOf(await companyPass()), violations };
    const code = "0123456789abcdef0123-hn3k0x";
    const approval = { code, expiresAt: "2026-11-21T03:00:00.000Z" };
    const reply = renderGithubReply({ ...refused, approval }, "en", members);
    expect(reply).toContain(`/sync approve ${code}\n`);
    expect(renderGithubReply({ ...refused, approval: {} }, "en", members)).not.toContain("/sync approve");
    expect(reply).not.toContain("kintone-sso-sync sync");
    expect(reply.endsWith(`[\`This run\`](${run})\n`)).toBe(true);
  });

  it("fits into a comment, however much there is to say", () => {
    for (const text of ["許可".repeat(1_000), "a`|<@#*_[]()!".repeat(100)]) {
      expect(renderGithubReply(hugeReport(someOf(10_000), text), "ja", members).length).toBeLessThan(65_536);
    }
  });

  it("makes no hostile text live", () => {
    const render: typeof renderGithubSummary = (report, language) =>
      renderGithubReply(report, language, members);
    const short = hostileTexts.filter(({ length }) => length < 1_000);
    for (const text of short) expect(findLive(text, "en", render)).toEqual([]);
  });
});
