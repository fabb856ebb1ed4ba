import type { ApprovalMemory } from "../model/memory.ts";
import { digest } from "../model/digest.ts";
import type { Approval, ApprovalRejection, RememberedApprovals } from "../model/approval.ts";
import type { Separation } from "../model/config.ts";
import { dayMs } from "../model/duration.ts";
import { refusedChanges, type Refusals, type GuardedPlan } from "../model/pass.ts";
import type { ActualState } from "../model/actual-state.ts";
import { canonicalText, type Json } from "../model/json.ts";
import { definitionsAfter, definitionsBefore } from "../access/definitions-after.ts";
import { rightsOf } from "../access/judge-definition.ts";
import type { PermissionSetDefinition } from "../model/permission-set.ts";
import { planText } from "./plan-text.ts";
import type { Plan } from "../model/plan.ts";
import { isApprovable, type Violation } from "../model/violation.ts";

const minuteMs = 60_000;

/** What was judged: the plan, and what it starts from. */
export interface JudgedPlan {
  readonly plan: Plan;
  readonly actual: ActualState;
  readonly owner: string;
}

/**
 * The approval of what is refused, for the guards that refuse it and no others; undefined when nothing is refused that a
 * person may let through. It does not depend on the rest of the plan.
 */
export function issueApproval(
  judged: JudgedPlan,
  violations: readonly Violation[],
  nowMs: number,
): Approval | undefined {
  const approvable = violations.filter(isApprovable);
  if (approvable.length === 0) return undefined;
  const minutes = Math.floor(nowMs / minuteMs);
  return {
    code: `${digest(refusedText(judged, approvable))}-${minutes.toString(36)}`,
    issuedAtMs: minutes * minuteMs,
    expiresAtMs: minutes * minuteMs + dayMs,
  };
}

/** Everything that a person sees and agrees to: the changes, what their sets become, who is in their groups, and why they are refused. */
function refusedText({ plan, actual, owner }: JudgedPlan, violations: readonly Violation[]): string {
  const refused = refusedChanges({ plan, violations });
  const after = definitionsAfter(definitionsBefore(actual.permissionSets), plan.changes);
  const sets = [...new Set(refused.map(({ target }) => target.permissionSet))].toSorted();
  const groups = refused.flatMap(({ target }) => ("principal" in target ? [target.principal.id] : []));
  const members = [...new Set(groups)].toSorted().flatMap((id) => {
    const known = actual.directory.memberships.get(id);
    return known === undefined ? [] : [[id, ...[...known].toSorted()]];
  });
  return canonicalText({
    guards: violations.map(({ guard }) => guard).toSorted(),
    changes: planText(refused, actual.instance.arn, owner),
    definitions: sets.map((name) => [name, rightsIn(after.get(name))]),
    members,
  } as unknown as Json);
}

/** The same whether the rest of the plan has been applied by now or is still to be. */
function rightsIn(set: PermissionSetDefinition | undefined): Partial<PermissionSetDefinition> | null {
  return set === undefined ? null : rightsOf(set);
}

export interface RefusalContext extends GivenCode {
  /** Undefined where all who may give the code may approve. */
  readonly separation?: Separation | undefined;
  readonly memory?: ApprovalMemory | undefined;
  readonly nowMs: number;
}

/** The code a person gave, where one did. */
export interface GivenCode {
  readonly approve?: string | undefined;
  /** GitHub login of that person, where one is known. */
  readonly approver?: string | undefined;
  /** There is to be a memory, and it could not be read, or not again: what has been used is not known. */
  readonly memoryLost?: boolean;
}

/** Whether the guards or a person's approval have the last word. What no person may approve stays refused beside it. */
export function judgeViolations(
  judged: JudgedPlan,
  violations: readonly Violation[],
  { approve, approver, separation, memory, memoryLost = false, nowMs }: RefusalContext,
): Refusals {
  if (violations.length === 0) return { violations };
  const wanted = issueApproval(judged, violations, nowMs);
  const refused = { violations, ...(wanted && { approval: wanted }) };
  if (approve === undefined) return refused;
  const kept = memory === undefined ? "none" : (memory.approvals ?? "lost");
  const known = memoryLost ? "lost" : kept;
  const rejectedApproval =
    judgeApproval(approve, { wanted, memory: known, nowMs }) ??
    judgeApprover(approver, separation, writersOf({ plan: judged.plan, violations }));
  if (rejectedApproval !== undefined) return { ...refused, rejectedApproval };
  const guards = violations.filter(isApprovable).map(({ guard }) => guard);
  const grantedApproval = { code: approve, guards, atMs: nowMs };
  return { violations: violations.filter((violation) => !isApprovable(violation)), grantedApproval };
}

/** Login names of the last editors of the records that ask for what is refused. */
function writersOf(pass: GuardedPlan): ReadonlySet<string> {
  const records = refusedChanges(pass).flatMap((change) => change.records);
  return new Set(records.flatMap(({ modifier }) => modifier?.code.toLowerCase() ?? []));
}

/** Why this person's word does not count where those who write records may not approve them; undefined when it does. */
function judgeApprover(
  approver: string | undefined,
  separation: Separation | undefined,
  writers: ReadonlySet<string>,
): ApprovalRejection | undefined {
  if (separation === undefined) return undefined;
  // GitHub's names are the same in any case.
  const known = Object.entries(separation.people).find(
    ([login]) => login.toLowerCase() === approver?.toLowerCase(),
  );
  if (known === undefined) return "approver-unknown";
  const [, code] = known;
  return writers.has(code.toLowerCase()) ? "own-record" : undefined;
}

export interface ApprovalContext {
  /** What issueApproval gives in this pass. */
  readonly wanted: Approval | undefined;
  /** "none" where the configuration has no memory, "lost" where it has one that could not be read. */
  readonly memory: RememberedApprovals | "none" | "lost";
  readonly nowMs: number;
}

/**
 * Why the approval does not count; undefined when it does: it names these very changes and these very guards, was shown
 * within the last 24 hours and has not been used. One whose use would not be remembered, because the memory was lost after
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
