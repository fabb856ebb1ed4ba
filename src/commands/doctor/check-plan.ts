import type { NameCount } from "../../model/desired-state.ts";
import type { Guardrails } from "../../model/guardrail.ts";
import type { Pass } from "../../model/pass.ts";
import { keptByClassRules } from "../../report/report-notes.ts";
import type { CheckResult } from "./checks.ts";
import { found } from "./run-checks.ts";

/** What a plan shows of a new version, of what newer rules of the administrator class make of existing access, and of the names in records; nothing where there was no plan. */
export function checksOfPlan(pass: Pass | undefined, guardrails: Guardrails): readonly CheckResult[] {
  if (pass === undefined) return [];
  return [
    ...judgeVersion(pass),
    ...judgeClassRules(pass, guardrails),
    ...judgeNames(pass.desired.names ?? []),
  ];
}

/** What only this version plans; no line where no other one has run before. */
function judgeVersion({ version, versionBefore, newVersionChanges }: Pass): readonly CheckResult[] {
  if (version === undefined || versionBefore === undefined || version === versionBefore) return [];
  const params = { before: versionBefore, now: version, changes: newVersionChanges?.size ?? 0 };
  return [{ subject: { check: "version" }, ...found("passed", "version.new", params) }];
}

/** The permission sets that stay as they are until a person accepts the rules; no line where no guardrail could deny anything. */
function judgeClassRules(
  pass: Pass,
  { default: otherwise, rules, acceptedClassRules: accepted = 0 }: Guardrails,
): readonly CheckResult[] {
  const { number, sets } = keptByClassRules(pass);
  if (otherwise === "allow" && rules.length === 0 && sets.length === 0) return [];
  const subject = { check: "class-rules" } as const;
  if (sets.length === 0) return [{ subject, ...found("passed", "class-rules.none", { number }) }];
  return [{ subject, ...found("skipped", "class-rules.held", { number, accepted, sets }) }];
}

/** How many of the names in records are found; where most are not, the configuration is the likely cause. */
function judgeNames(names: readonly NameCount[]): readonly CheckResult[] {
  return names.map((name) => {
    const subject = { check: "names", kind: name.kind } as const;
    if (name.found === name.of) return { subject, ...found("passed", "names.found", { of: name.of }) };
    const status = name.found * 2 <= name.of ? "failed" : "passed";
    return { subject, ...found(status, "names.missing", name) };
  });
}
