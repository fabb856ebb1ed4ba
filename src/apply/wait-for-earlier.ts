import type { ActualState } from "../model/actual-state.ts";
import type { AccountId } from "../model/ids.ts";
import type { Clock, IdentityCenter, Operation, OperationKind, OperationTarget } from "../ports.ts";

const kinds: readonly OperationKind[] = ["assignment-creation", "assignment-deletion", "provisioning"];

const patienceMs = 2 * 60_000;
const firstTickMs = 1_000;
const longestTickMs = 10_000;

/**
 * Waits up to 2 minutes for the operations that are in progress already, of a pass that was killed or of another caller:
 * what is read while they go on would be out of date at once. Operations that begin meanwhile are not waited for, and
 * nothing is when AWS does not say what is in progress. Resolves with where those are at work that did not end in time.
 */
export async function waitForEarlierOperations(
  identityCenter: IdentityCenter,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly OperationTarget[]> {
  const deadlineMs = clock.now() + patienceMs;
  const found = await Promise.all(kinds.map((kind) => listOperations(identityCenter, kind)));
  let left: readonly Operation[] = found.flatMap((operations) => operations ?? []);
  for (
    let tickMs = firstTickMs;
    left.length > 0 && !signal.aborted;
    tickMs = Math.min(tickMs * 1.5, longestTickMs)
  ) {
    if (clock.now() + tickMs > deadlineMs) break;
    await clock.sleep(tickMs, signal);
    left = await stillGoing(identityCenter, left);
  }
  if (signal.aborted) return [];
  const targets = await Promise.all(left.map((operation) => targetOf(identityCenter, operation)));
  return targets.filter((target) => target !== undefined);
}

/** The accounts in which nothing may be started; where a set is that is not ours is not known. */
export function listBusyAccounts(
  going: readonly OperationTarget[],
  { permissionSets }: ActualState,
): ReadonlySet<AccountId> {
  const provisioned = new Map(
    permissionSets.flatMap((set) => (set.managed ? [[set.arn, set.provisionedAccounts] as const] : [])),
  );
  return new Set(
    going.flatMap(({ account, permissionSetArn }) => {
      if (account !== undefined) return [account];
      return permissionSetArn === undefined ? [] : (provisioned.get(permissionSetArn) ?? []);
    }),
  );
}

async function listOperations(
  identityCenter: IdentityCenter,
  kind: OperationKind,
): Promise<readonly Operation[] | undefined> {
  const ids = await identityCenter.listOperationsInProgress(kind).catch(() => undefined);
  return ids && [...ids].map((requestId) => ({ kind, requestId }));
}

/** Those of the operations that are in the list still; all of them when there is no list. */
async function stillGoing(
  identityCenter: IdentityCenter,
  operations: readonly Operation[],
): Promise<readonly Operation[]> {
  const ofKinds = kinds.map((kind) => operations.filter((operation) => operation.kind === kind));
  const left = await Promise.all(
    ofKinds.map(async (ofKind) => {
      const [first] = ofKind;
      if (first === undefined) return [];
      const now = await listOperations(identityCenter, first.kind);
      const ids = now && new Set(now.map(({ requestId }) => requestId));
      return ofKind.filter(({ requestId }) => ids?.has(requestId) !== false);
    }),
  );
  return left.flat();
}

async function targetOf(
  identityCenter: IdentityCenter,
  operation: Operation,
): Promise<OperationTarget | undefined> {
  const status = await identityCenter.describeOperation(operation).catch(() => undefined);
  return status?.status === "in-progress" ? status.target : undefined;
}
