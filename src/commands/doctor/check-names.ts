import type { NameCount } from "../../model/desired-state.ts";
import type { CheckResult } from "./checks.ts";
import { found } from "./run-checks.ts";

/** How many of the names in records are found; where most are not, the configuration is the likely cause. */
export function judgeNames(names: readonly NameCount[]): readonly CheckResult[] {
  return names.map((name) => {
    const subject = { check: "names", kind: name.kind } as const;
    if (name.found === name.of) return { subject, ...found("passed", "names.found", { of: name.of }) };
    const status = name.found * 2 <= name.of ? "failed" : "passed";
    return { subject, ...found(status, "names.missing", name) };
  });
}
