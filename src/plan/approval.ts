import { digest } from "../model/digest.ts";
import type { Approval, ApprovalRejection, RememberedApprovals } from "../model/approval.ts";
import { dayMs } from "../model/duration.ts";
import type { Memory } from "../model/memory.ts";
import type { Pass } from "../model/pass.ts";
import type { Plan } from "../model/plan.ts";
import { isApprovable, type Violation } from "../model/violation.ts";

const minuteMs = 60_000;

/** The approval of a refused plan, for the guards that refused it and no others; undefined when nothing was refused or nobody may approve it. */
export function issueApproval(
  plan: Plan,
  violations: readonly Violation[],
  nowMs: number,
): Approval | undefined {
  if (violations.length === 0 || !violations.every(isApprovable)) return undefined;
  const guards = violations.map(({ guard }) => guard).toSorted();
  const minutes = Math.floor(nowMs / minuteMs);
  return {
    code: `${digest([plan.hash, ...guards].join(" "))}-${minutes.toString(36)}`,
    issuedAtMs: minutes * minuteMs,
    expiresAtMs: minutes * minuteMs + dayMs,
  };
}

export interface RefusalContext {
  /** The code a person gave, where one did. */
  readonly approve?: string | undefined;
  readonly memory?: Pick<Memory, "approvals"> | undefined;
  /** There is to be a memory, and it could not be read, or not again: nobody knows what has been used. */
  readonly memoryLost?: boolean;
  readonly nowMs: number;
}

/** Whether the guards or a person's approval have the last word. */
export function judgeViolations(
  plan: Plan,
  violations: readonly Violation[],
  { approve, memory, memoryLost = false, nowMs }: RefusalContext,
): Pick<Pass, "violations" | "approval" | "rejectedApproval" | "grantedApproval"> {
  if (violations.length === 0) return { violations };
  const wanted = issueApproval(plan, violations, nowMs);
  const refused = { violations, ...(wanted && { approval: wanted }) };
  if (approve === undefined) return refused;
  const kept = memory === undefined ? "none" : (memory.approvals ?? "lost");
  const known = memoryLost ? "lost" : kept;
  const rejectedApproval = judgeApproval(approve, { wanted, memory: known, nowMs });
  if (rejectedApproval !== undefined) return { ...refused, rejectedApproval };
  const guards = violations.map(({ guard }) => guard);
  return { violations: [], grantedApproval: { code: approve, guards, atMs: nowMs } };
}

export interface ApprovalContext {
  /** What issueApproval gives for the plan of this pass. */
  readonly wanted: Approval | undefined;
  /** "none" where the configuration has no memory, "lost" where it has one that could not be read. */
  readonly memory: RememberedApprovals | "none" | "lost";
  readonly nowMs: number;
}

/**
 * Why the approval does not count; undefined when it does: it names this very plan and these very guards, was shown
 * within the last 24 hours and has not been used. One whose use nobody would remember, because the memory was lost after
 * it was shown, counts as used.
 */
export function judgeApproval(
  given: string,
  { wanted, memory, nowMs }: ApprovalContext,
): ApprovalRejection | undefined {
  const code = parseCode(given);
  if (typeof code === "string") return code;
  if (typeof memory === "object" && isUsed(code, memory)) return "used";
  const { plan, shownAtMs } = code;
  if (shownAtMs > nowMs) return "from-the-future";
  if (nowMs - shownAtMs >= dayMs) return "expired";
  if (wanted === undefined) return "never";
  if (plan !== parsed(wanted.code)?.plan) return "other-plan";
  return isRemembered(code, memory) ? undefined : "memory-lost";
}

interface Code {
  readonly plan: string;
  readonly shownAtMs: number;
}

function parseCode(text: string): Code | ApprovalRejection {
  if (/^[0-9a-f]{32}$/iu.test(text)) return "plan-hash";
  return parsed(text) ?? "malformed";
}

function parsed(text: string): Code | undefined {
  const [, plan, minutes] = /^([0-9a-f]{32})-([0-9a-z]{1,8})$/iu.exec(text) ?? [];
  if (plan === undefined || minutes === undefined) return undefined;
  return { plan: plan.toLowerCase(), shownAtMs: Number.parseInt(minutes, 36) * minuteMs };
}

/** A plan's approval is used up with every code that was shown for it until then. */
function isUsed({ plan, shownAtMs }: Code, { used }: RememberedApprovals): boolean {
  return used.some(({ code, usedAt }) => parsed(code)?.plan === plan && !(shownAtMs > Date.parse(usedAt)));
}

function isRemembered({ shownAtMs }: Code, memory: ApprovalContext["memory"]): boolean {
  if (memory === "none") return true;
  return memory !== "lost" && shownAtMs + minuteMs > Date.parse(memory.since);
}
