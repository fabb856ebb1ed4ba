import type { Clock } from "../ports.ts";
import { attemptsOf, errorMessage, errorName, isThrottled } from "./translate-error.ts";

/** How long a refusal that will pass is waited out. */
interface Patience {
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  readonly totalMs: number;
}

const throttling: Patience = { firstDelayMs: 1000, longestDelayMs: 20_000, totalMs: 120_000 };
const conflict: Patience = { firstDelayMs: 1000, longestDelayMs: 10_000, totalMs: 120_000 };
/** Removing a set from its last accounts takes AWS up to minutes. */
const deprovisioning: Patience = { firstDelayMs: 5000, longestDelayMs: 30_000, totalMs: 300_000 };

const mostAttempts = 20;

/** Operations in which a conflict can also mean that the thing is there already, or still in use. */
const permanentConflicts: ReadonlySet<string> = new Set([
  "CreatePermissionSet",
  "AttachManagedPolicyToPermissionSet",
  "AttachCustomerManagedPolicyReferenceToPermissionSet",
  "DetachManagedPolicyFromPermissionSet",
  "DetachCustomerManagedPolicyReferenceFromPermissionSet",
  "DeletePermissionSet",
]);

/** A failed call, with the number of requests that were sent for it. */
export interface FailedCall {
  readonly error: unknown;
  readonly attempts: number;
}

export type CallResult<Answer> =
  | { readonly ok: true; readonly answer: Answer }
  | ({ readonly ok: false } & FailedCall);

/**
 * Sends a request, and waits out what passes by itself beyond the SDK's own retries: throttling for up to 2 minutes, a
 * conflicting operation for 2, the removal from the last accounts for 5. The delays double and half of each is random.
 */
export async function callPatiently<Answer>(
  operation: string,
  send: () => Promise<Answer>,
  clock: Clock,
): Promise<CallResult<Answer>> {
  const startedMs = clock.now();
  let attempts = 0;
  for (let round = 0; ; round += 1) {
    try {
      return { ok: true, answer: await send() };
    } catch (error) {
      attempts += attemptsOf(error);
      const patience = patienceWith(operation, error);
      const delayMs = patience === undefined ? Number.POSITIVE_INFINITY : backOffMs(patience, round);
      const isOver =
        round + 1 >= mostAttempts || clock.now() - startedMs + delayMs > (patience?.totalMs ?? 0);
      if (isOver) return { ok: false, error, attempts };
      await clock.sleep(delayMs);
    }
  }
}

function patienceWith(operation: string, error: unknown): Patience | undefined {
  if (isThrottled(error)) return throttling;
  if (errorName(error) !== "ConflictException") return undefined;
  const message = errorMessage(error);
  if (operation === "DeletePermissionSet" && message.startsWith("Could not delete")) return deprovisioning;
  const passes = !permanentConflicts.has(operation) || /conflicting operation/iu.test(message);
  return passes ? conflict : undefined;
}

function backOffMs({ firstDelayMs, longestDelayMs }: Patience, round: number): number {
  const delayMs = Math.min(firstDelayMs * 2 ** round, longestDelayMs);
  return Math.round(delayMs * (0.5 + Math.random() / 2));
}
