import type { NameCount } from "../../model/desired-state.ts";
import type { Guardrails } from "../../model/guardrail.ts";
import type { Pass } from "../../model/pass.ts";
import { keptByClassRules } from "../../report/report-notes.ts";
import type { CheckResult } from "./checks.ts";
import { found } from "./run-checks.ts";

/** What a plan shows of the names in records, and of what newer rules of the administrator class make of existing access; nothing where there was no plan. */
export function checksOfPlan(pass: Pass | undefined, guardrails: Guardrails): readonly CheckResult[] {
  if (pass === undefined) return [];
  return [...judgeClassRules(pass, guardrails), ...judgeNames(pass.desired.names ?? [])];
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
