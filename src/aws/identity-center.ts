import type { Instance } from "../model/actual-state.ts";
import type { Group } from "../model/directory.ts";
import type { Clock, IdentityCenter } from "../ports.ts";
import type { AwsClients } from "./clients.ts";
import { confirmRemoval } from "./confirm-removal.ts";
import {
  type Caller,
  checkCaller,
  type ExpectedCaller,
  explainDenial,
  type KeyAccountChoice,
  readInstance,
} from "./instance.ts";
import { toFailureReason } from "./translate-error.ts";
import { describeOperation, listOperationsInProgress } from "./operations.ts";
import { readPlaces } from "./places.ts";
import { type ActualStateSource, readActualState, readOutline, readParts } from "./read-actual-state.ts";
import { createReader, type OnWaiting, type Reader } from "./reader.ts";
import { startChange } from "./start-change.ts";

export interface IdentityCenterOptions extends ExpectedCaller, KeyAccountChoice {
  readonly clients: AwsClients;
  readonly clock: Clock;
  /** Value of the owner tag of managed sets. */
  readonly owner: string;
  /** Primary Region of the instance. */
  readonly region: string;
  /** Undefined: the only instance. */
  readonly instanceArn?: string | undefined;
  /** Names of sets that are read in full although they have no owner tag. */
  readonly adopting?: ReadonlySet<string> | undefined;
  /** Whether the members of a group are read as well; of no group when missing. */
  readonly readsMembersOf?: ((group: Group) => boolean) | undefined;
  readonly onWaiting?: OnWaiting | undefined;
}

/** Where a pass works, and as whom. */
interface Place {
  readonly caller: Caller;
  readonly instance: Instance;
}

/** Finds the place once; all callers get the same answer, or the same failure. */
function createPlaceFinder(options: IdentityCenterOptions): (reader: Reader) => Promise<Place> {
  const { clients } = options;
  let place: Promise<Place> | undefined;

  async function findPlace(reader: Reader): Promise<Place> {
    const caller = await checkCaller(reader, clients, options);
    try {
      return { caller, instance: await readInstance(reader, clients.ssoAdmin, options) };
    } catch (error) {
      throw explainDenial(error, caller);
    }
  }

  return (reader) => {
    place ??= findPlace(reader);
    return place;
  };
}

/** IAM Identity Center over the network. Only `startChange` writes; it throws a PassError when there is no instance. */
export function createIdentityCenter(options: IdentityCenterOptions): IdentityCenter {
  const { clients, clock, owner, adopting, readsMembersOf = () => false } = options;
  const placeFor = createPlaceFinder(options);

  /** Reads with the caller and the instance that were found; a denial is explained by who asks. */
  async function explained<Found>(
    reader: Reader,
    read: (source: ActualStateSource) => Promise<Found>,
  ): Promise<Found> {
    const { caller, instance } = await placeFor(reader);
    try {
      const { managementAccount, account } = caller;
      const ids = new Set([account, ...(options.memoryAccounts ?? [])]);
      const keyAccounts = { ids, isOpen: options.allowOwnAccount === true };
      return await read({ instance, managementAccount, keyAccounts, readsMembersOf });
    } catch (error) {
      throw explainDenial(error, caller);
    }
  }

  const currentInstance = async (): Promise<Instance> => (await placeFor(createReader(clock))).instance;

  return {
    readActualState: (signal, isStaleDue = () => true) =>
      readWith(options, signal, (reader) =>
        explained(reader, (source) =>
          readActualState(reader, clients, source, { owner, adopting: adopting ?? new Set() }, isStaleDue),
        ),
      ),
    readOutline: (signal) =>
      readWith(options, signal, (reader) =>
        explained(reader, (source) => readOutline(reader, clients, source)),
      ),
    readParts: (request) =>
      readWith(options, undefined, (reader) =>
        explained(reader, ({ instance }) => readParts(reader, clients, instance, request)),
      ),
    readPlaces: (accounts) => readWith(options, undefined, (reader) => readPlaces(reader, clients, accounts)),
    async startChange(change, permissionSetArn) {
      const { arn } = await currentInstance();
      return startChange({ client: clients.ssoAdmin, clock, instanceArn: arn }, change, permissionSetArn);
    },
    async confirmRemoval(change) {
      try {
        return await confirmRemoval({ clients, clock, instance: await currentInstance() }, change);
      } catch (error) {
        return { status: "unknown", reason: toFailureReason(error) };
      }
    },
    async listOperationsInProgress(kind) {
      const instance = await currentInstance().catch(() => undefined);
      return instance && listOperationsInProgress(clients.ssoAdmin, instance.arn, kind);
    },
    async describeOperation(operation) {
      const instance = await currentInstance().catch(() => undefined);
      if (instance === undefined) return { status: "in-progress" };
      return describeOperation(clients.ssoAdmin, instance.arn, operation);
    },
  };
}

/** Reads until it is done, something fails, or the signal is aborted: then nothing more is asked. */
async function readWith<Found>(
  { clock, onWaiting }: { readonly clock: Clock; readonly onWaiting?: OnWaiting | undefined },
  signal: AbortSignal | undefined,
  read: (reader: Reader) => Promise<Found>,
): Promise<Found> {
  const reader = createReader(clock, onWaiting);
  const stop = () => reader.stop(signal?.reason);
  signal?.addEventListener("abort", stop, { once: true });
  try {
    return await read(reader);
  } catch (error) {
    reader.stop(error);
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
