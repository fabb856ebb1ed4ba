import { waitForEarlierOperations } from "../apply/wait-for-earlier.ts";
import type { SourceRecords } from "../model/record.ts";
import type { Clock, IdentityCenter, OperationTarget, RecordSource } from "../ports.ts";
import { readFirstStage, type StagedOptions, type StagedState } from "./read-in-stages.ts";

export interface BothSides {
  readonly source: SourceRecords;
  readonly staged: StagedState;
  /** Where operations from before this pass are still going on. */
  readonly earlier: readonly OperationTarget[];
}

interface Sides {
  readonly records: RecordSource;
  readonly identityCenter: IdentityCenter;
  readonly clock: Clock;
}

/**
 * Reads both sides at the same time, Identity Center only once the operations of an earlier pass are over when the pass
 * is to write. When the records cannot be read, the rest of Identity Center is not asked for. Throws a PassError.
 */
export async function readBothSides(
  { records, identityCenter, clock }: Sides,
  writes: boolean,
  staging: StagedOptions,
): Promise<BothSides> {
  const given = new AbortController();
  const [source, found] = await Promise.allSettled([
    records.readAllRecords().catch((error: unknown) => {
      given.abort(error);
      throw error;
    }),
    readIdentityCenter(identityCenter, clock, given.signal, writes, staging),
  ]);
  if (source.status === "rejected") throw source.reason;
  if (found.status === "rejected") throw found.reason;
  return { source: source.value, ...found.value };
}

async function readIdentityCenter(
  identityCenter: IdentityCenter,
  clock: Clock,
  signal: AbortSignal,
  writes: boolean,
  staging: StagedOptions,
) {
  const waited = writes ? waitForEarlierOperations(identityCenter, clock, signal) : Promise.resolve([]);
  const over = Promise.race([waited, aborted(signal)]);
  const [earlier, staged] = await Promise.all([over, readFirstStage(identityCenter, staging, signal, over)]);
  return { earlier, staged };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason as Error), { once: true });
  });
}
