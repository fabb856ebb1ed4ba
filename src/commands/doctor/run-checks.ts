import { PassError } from "../../errors.ts";
import type {
  CheckOutcome,
  CheckResult,
  CheckStatus,
  FindingCode,
  FindingParams,
  Subject,
} from "./checks.ts";
import type { Logger } from "../../process/logger.ts";

/** One look at the outside. */
export interface Check {
  readonly subject: Subject;
  /** What has to be as it should before this can be looked at. */
  readonly after?: Subject | undefined;
  /** Throws a PassError when what it looks at cannot be used. */
  readonly look: () => Promise<CheckOutcome>;
}

/** Looks at one thing after the other; what needs something that has failed is skipped. Never throws. */
export async function runChecks(checks: readonly Check[], logger: Logger): Promise<readonly CheckResult[]> {
  const results = new Map<Subject, CheckResult>();
  for (const check of checks) {
    const before = check.after && results.get(check.after);
    results.set(check.subject, await resultOf(check, before, logger));
  }
  return [...results.values()];
}

async function resultOf(
  { subject, look }: Check,
  before: CheckResult | undefined,
  logger: Logger,
): Promise<CheckResult> {
  if (before !== undefined && before.status !== "passed") {
    return { subject, status: "skipped", after: "after" in before ? before.after : before.subject };
  }
  try {
    return { subject, ...(await look()) };
  } catch (error) {
    if (error instanceof PassError) return { subject, status: "failed", error };
    logger.error("unexpected error", { error });
    const name = error instanceof Error ? error.name : "unknown";
    return { subject, status: "failed", error: new PassError("bug.unexpected", { name }) };
  }
}

/** What a check came to, in words that follow later. */
export function found<Code extends FindingCode>(
  status: CheckStatus,
  code: Code,
  params: FindingParams[Code],
): CheckOutcome {
  // The compiler does not follow one code through the union of all.
  return { status, code, params } as CheckOutcome;
}
