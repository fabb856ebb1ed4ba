import type { Plan } from "../../src/model/plan.ts";
import type { Violation } from "../../src/model/violation.ts";
import { PassError } from "../../src/errors.ts";
import type { Language } from "../../src/model/config.ts";
import type { AppKind } from "../../src/model/fields.ts";
import { createIssue, type Issue } from "../../src/model/issue.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import { buildFailedReport } from "../../src/report/build-run-report.ts";
import { describePassError } from "../../src/words/pass-errors.ts";
import type { OperatorMessage } from "../../src/model/operator-message.ts";
import type { Incident } from "../../src/tell/incident.ts";
import { findIncidents, type IncidentOptions } from "../../src/tell/incidents.ts";
import {
  definition,
  actualState,
  directory,
  managedSet,
  managedPolicy,
  now,
  production,
  recordRef,
  recordUrl,
  user,
} from "../builders.ts";
import {
  applied,
  assign,
  context,
  createSet,
  deleteSet,
  failed,
  passOf,
  passWithIssues,
  planOf,
  reportOf,
  skipped,
  unassign,
} from "../report/builders.ts";

export function urlOf(id: number, app: AppKind = "assignments"): string {
  return recordUrl(recordRef({ app, id: String(id) }));
}

/** An error in the assignment record: an account that does not exist. */
export function accountTypo(id: number, value = "Prodction"): Issue {
  const record = recordRef({ app: "assignments", id: String(id) });
  return createIssue("account.unknown", record, "accounts", { value, suggestions: ["Production"] });
}

/** Another error in the assignment record. */
export function nobody(id: number): Issue {
  return createIssue(
    "assignment.no-principals",
    recordRef({ app: "assignments", id: String(id) }),
    "users",
    {},
  );
}

/** What leaves the record valid. */
export function disabledUser(id: number): Issue {
  const record = recordRef({ app: "assignments", id: String(id) });
  return createIssue("user.disabled", record, "users", { value: "ben" });
}

/** So many wrong assignment records. */
export function typos(count: number): readonly Issue[] {
  return Array.from({ length: count }, (_, index) => accountTypo(index + 1));
}

export function healthyReport(language: Language = "en"): RunReport {
  return reportOf(passOf(), { language });
}

export function recordsReport(issues: readonly Issue[], language: Language = "en"): RunReport {
  return reportOf(passWithIssues(issues), { language });
}

/** A pass that could not read an app, for this reason or another one. */
export function failedReport(
  code = "kintone.no-permission",
  message?: string,
  language: Language = "en",
): RunReport {
  const error = new PassError("kintone.no-permission", { appId: 11, kintoneCode: "GAIA_NO01" });
  const text = describePassError(error, language);
  return buildFailedReport(
    "sync",
    { code, fault: "user", ...text, ...(message !== undefined && { message }) },
    context,
  );
}

const violations = [
  { guard: "deletions", numbers: { deletions: 6, managed: 9, maxDeletions: 5, maxDeletionRatio: 0.1 } },
  {
    guard: "users-losing-all-access",
    numbers: { users: 4, maxUsersLosingAllAccess: 3 },
    subjects: ["anna@example.co.jp", "ben@example.co.jp", "carol@example.co.jp", "dora@example.co.jp"],
  },
] as const;

function refusing({ changes }: Plan, guards: number): readonly Violation[] {
  const refuses = changes.map(({ id }) => id);
  return violations.slice(0, guards).map((violation) => ({ ...violation, refuses }));
}

/** A refusal by both guards, or by so many of them. */
export function refusedReport(
  hash = "0123456789abcdef0123",
  guards: number = violations.length,
  language: Language = "en",
  shownAtMs = now,
): RunReport {
  const plan = planOf([deleteSet(hash.startsWith("ffff") ? "Other" : "Audit")], { hash });
  const code = `${hash}-${Math.floor(shownAtMs / 60_000).toString(36)}`;
  const approval = { code, issuedAtMs: shownAtMs, expiresAtMs: shownAtMs + 86_400_000 };
  return reportOf(passOf({ plan, violations: refusing(plan, guards), approval }), { language });
}

/** A refusal of changes of every kind: a new administrator, removals, and so many grants of a record. */
export function mixedRefusal(grants: number, language: Language = "en"): RunReport {
  const by = (id: string) => ({ records: [recordRef({ app: "assignments", id })] });
  const people = Array.from({ length: grants }, (_, index) => user(`user${index}`));
  const changes = [
    ...people.map((one) => assign("ReadOnly", production, one, by("8"))),
    assign("Admin", production, user("dora"), by("7")),
    unassign("Legacy", production, user("anna")),
    deleteSet("Legacy"),
  ];
  const admin = managedSet("Admin", {
    definition: definition({ managedPolicies: [managedPolicy("AdministratorAccess").arn] }),
  });
  const actual = actualState({
    directory: directory({ users: [user("anna"), user("dora"), ...people] }),
    permissionSets: [admin],
  });
  const plan = planOf(changes);
  const pass = passOf({ plan, actual, violations: refusing(plan, 1) });
  return reportOf(pass, { language });
}

/** A pass in which AWS refused to assign the set to these users; what depends on a set was not tried. */
export function changesReport(
  names: readonly string[],
  {
    code = "ConflictException",
    language = "en",
  }: { readonly code?: string; readonly language?: Language } = {},
): RunReport {
  const create = createSet("ReadOnly");
  const last = deleteSet("Audit");
  const failing = names.map((name) => assign("ReadOnly", production, user(name)));
  const outcomes = [
    applied(create),
    ...failing.map((change) => failed(change, { code })),
    skipped(last, { code: "dependency-not-applied", changeId: failing[0]?.id ?? "" }),
  ];
  return reportOf(passOf({ plan: planOf([create, ...failing, last]), outcomes }), { language });
}

export function incidentsIn(report: RunReport, options: Partial<IncidentOptions> = {}): readonly Incident[] {
  return findIncidents(report, {
    newlyTold: new Set(),
    onlyNew: false,
    authors: new Map(),
    commentFailures: [],
    recordUrl: ({ app, record }) => urlOf(Number(record), app === 10 ? "permissionSets" : "assignments"),
    language: "en",
    ...options,
  });
}

/** The message as people read it. */
export function layOut({ title, sections, links = [], mentions = [] }: OperatorMessage): string {
  const lines = sections.map((section) =>
    section
      .split("\n")
      .map((line) => (links.includes(line) ? `<${line}>` : line))
      .join("\n"),
  );
  return [title, ...lines, ...(mentions.length === 0 ? [] : [`@ ${mentions.join(" ")}`])].join("\n\n");
}
