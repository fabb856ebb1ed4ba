import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noPaint } from "../../src/process/terminal.ts";
import { accountId, permissionSetName } from "../../src/model/ids.ts";
import type { Issue } from "../../src/model/issue.ts";
import type { Pass } from "../../src/model/pass.ts";
import type { Change } from "../../src/model/plan.ts";
import { buildFailedReport } from "../../src/report/build-run-report.ts";
import { findMarker } from "../../src/tell/notice-markers.ts";
import { buildRecordNotices } from "../../src/tell/record-notices.ts";
import { renderReportText } from "../../src/report/render-report-text.ts";
import { safeLine, safeLines } from "../../src/report/safe-text.ts";
import { account, actualState, desiredState, directory, production, recordRef, user } from "../builders.ts";
import {
  assign,
  attachPolicy,
  context,
  createSet,
  deleteSet,
  failed,
  passOf,
  planOf,
  reportOf,
  skipped,
  sourceOf,
  unassign,
} from "./builders.ts";
import { findHarm, hostileText } from "./hostile-texts.ts";
import { sampleIssues } from "../words/sample-issues.ts";
import { someOf } from "../share.ts";

const languages = ["ja", "en"] as const;

/** Gives the texts one after another, again and again. */
function dealer(texts: readonly string[]): () => string {
  let next = 0;
  return () => texts[next++ % texts.length] ?? "";
}

/** Parameters that no user types: the catalogue looks them up. */
const ours = new Set(["problem", "character"]);

function poisonIssue(issue: Issue, text: () => string): Issue {
  const poisoned = Object.entries(issue.params).map(([name, value]: [string, unknown]) => {
    if (ours.has(name)) return [name, value];
    if (name === "excerpt") return [name, `${text()}\n    ^`];
    if (typeof value === "string") return [name, text()];
    return [name, Array.isArray(value) ? [text(), text()] : value];
  });
  return { ...issue, params: Object.fromEntries(poisoned) as object } as Issue;
}

/** A pass with hostile text wherever a user or AWS can put one. */
function hostilePass(texts: readonly string[]): Pass {
  const text = dealer(texts);
  const [anna, developers] = [
    user("anna", { userName: text() }),
    { id: user("dev").id, displayName: text() },
  ];
  const [name, other] = [text(), text()];
  const policy = { name: text(), path: text() };
  const create = createSet(name);
  const target = { permissionSet: permissionSetName(other) };
  const about = { target, records: [recordRef()], dependsOn: [], accounts: [] };
  const changes: readonly Change[] = [
    create,
    attachPolicy(name, text()),
    { ...about, id: "customer", kind: "attach-customer-managed-policy", after: policy },
    {
      ...about,
      id: "boundary",
      kind: "put-permissions-boundary",
      after: { kind: "customer-managed", ...policy },
    },
    assign(name, production, anna),
    unassign(other, production, developers),
    deleteSet(other),
  ];
  const item = {
    target: { permissionSet: text(), account: accountId("222222222222") },
    records: [recordRef()],
  };
  const finding = { type: "WARNING", issueCode: text(), details: text(), learnMoreLink: text() } as const;
  const source = sourceOf();
  const form = source.permissionSets.form.map((field) => ({ ...field, label: text() }));
  return passOf({
    source: { ...source, permissionSets: { ...source.permissionSets, form } },
    actual: actualState({
      directory: directory({
        accounts: [account(production, text())],
        users: [anna],
        groups: [developers],
      }),
    }),
    desired: { ...desiredState(), issues: sampleIssues.map((issue) => poisonIssue(issue, text)) },
    plan: planOf(changes, {
      held: [{ ...item, would: "delete", reason: "record-has-issues" }],
      waiting: [{ record: recordRef({ app: "assignments" }), userName: text() }],
      locked: [{ ...item, would: "update", reason: "protected-permission-set" }],
      unmanaged: [{ target: { permissionSet: text() }, reason: "not-ours" }],
    }),
    notes: [
      { kind: "policy-finding", recordId: "1", finding },
      { kind: "policies-not-analyzed", count: 1, reason: text() },
    ],
    violations: [{ guard: "deletions", numbers: { deletions: 6 }, refuses: changes.map(({ id }) => id) }],
    outcomes: changes.map((change, index) =>
      index % 2 === 0
        ? failed(change, { code: text(), message: text() })
        : skipped(change, { code: "dependency-not-applied", changeId: index === 1 ? create.id : text() }),
    ),
  });
}

const hostileTexts = fc.array(hostileText, { minLength: 9, maxLength: 40 });

describe("text that users or AWS control", () => {
  it("never reaches a terminal or a CI log as a command, an escape or a line of its own", () => {
    fc.assert(
      fc.property(hostileTexts, fc.constantFrom(...languages), (texts, language) => {
        const report = reportOf(hostilePass(texts), { language });
        expect(findHarm(renderReportText(report, language, noPaint))).toBeUndefined();
      }),
      { numRuns: someOf(150) },
    );
  });

  it("never changes how many lines the changes take", () => {
    const heads = (texts: readonly string[]): number => {
      const text = renderReportText(reportOf(hostilePass(texts)), "en", noPaint);
      return text.slice(0, text.indexOf("Records with issues")).split("\n").length;
    };
    // Each text gets a number, so that equal names do not group what belongs apart.
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 40, maxLength: 40 }), (texts) => {
        const numbered = (text: string, index: number): string => `${text}${index}`;
        expect(heads(texts.map(numbered))).toBe(heads(texts.map(() => "harmless").map(numbered)));
      }),
      { numRuns: someOf(60) },
    );
  });

  it("is as harmless in the reason why a pass could not go on", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (message, hint) => {
        const report = buildFailedReport(
          "sync",
          { code: "aws.request-failed", fault: "aws", message, hint },
          context,
        );
        const text = renderReportText(report, "en", noPaint);
        expect(findHarm(text)).toBeUndefined();
        expect(text.split("\n")).toHaveLength(5);
      }),
    );
  });

  it("leaves in a comment no control character but line feeds, and never moves the marker from its end", () => {
    fc.assert(
      fc.property(hostileTexts, fc.constantFrom(...languages), (texts, language) => {
        const pass = hostilePass(texts);
        const notices = buildRecordNotices(pass, reportOf(pass, { language }), language);
        expect(notices).toHaveLength(2);
        for (const { text, marker, mentions } of notices) {
          expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Cs}]/u);
          expect(findMarker(text)).toBe(marker);
          expect(mentions).toEqual([]);
        }
      }),
      { numRuns: someOf(60) },
    );
  });
});

describe("a line made safe", () => {
  it("is one line without commands and control characters", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(safeLine(text)).not.toContain("\n");
        expect(findHarm(safeLine(text))).toBeUndefined();
      }),
      { numRuns: someOf(2_000) },
    );
  });

  it("stays harmless beside another one", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (one, other) => {
        expect(findHarm(`  ${safeLine(one)}  ${safeLine(other)} (${safeLine(one)})`)).toBeUndefined();
      }),
      { numRuns: someOf(2_000) },
    );
  });

  it.each([
    ["::error::no", ": :error::no"],
    ["  ::error::no", "  : :error::no"],
    ["a\n::error::no", "a ::error::no"],
    ["##[error]no", "# #[error]no"],
    ["###[error]no", "## #[error]no"],
    ["##VSO[task.complete]", "# #VSO[task.complete]"],
    ["#\u200B#[error]", "# #[error]"],
    ["\u001B[31mred\u001B[0m", " [31mred [0m"],
    ["one\r\ntwo", "one two"],
    ["abc\u202Edef", "abc def"],
    ["\uD83D\uDE00 \uD83D", "\uD83D\uDE00  "],
  ])("turns %j into %j", (text, safe) => {
    expect(safeLine(text)).toBe(safe);
  });

  it("keeps text in which nothing is harmful as it is", () => {
    for (const text of ["許可セット「開発」", "a::b", "# [x]", "Zoë 👩", "a:b", "##"]) {
      expect(safeLine(text)).toBe(text);
    }
  });
});

describe("several lines made safe", () => {
  it("stand behind a bar each", () => {
    expect(safeLines("::error::one\ntwo")).toEqual(["| : :error::one", "| two"]);
  });
});
