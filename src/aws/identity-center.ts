import type { Instance } from "../model/actual-state.ts";
import type { Clock, IdentityCenter } from "../ports.ts";
import type { AwsClients } from "./clients.ts";
import { confirmRemoval } from "./confirm-removal.ts";
import { checkCallerAccount, readInstance } from "./instance.ts";
import { toFailureReason } from "./translate-error.ts";
import { describeOperation, listOperationsInProgress } from "./operations.ts";
import { readActualState } from "./read-actual-state.ts";
import { createReader, type Reader } from "./reader.ts";
import { startChange } from "./start-change.ts";

export interface IdentityCenterOptions {
  readonly clients: AwsClients;
  readonly clock: Clock;
  /** Value of the owner tag of managed sets. */
  readonly owner: string;
  /** Primary Region of the instance. */
  readonly region: string;
  /** Undefined: the only instance. */
  readonly instanceArn?: string | undefined;
  /** Refuse to read, and so to do anything, as any other account. */
  readonly expectedAccount?: string | undefined;
  /** Names of sets that are read in full although they carry nobody's owner tag. */
  readonly adopting?: ReadonlySet<string> | undefined;
}

/** IAM Identity Center over the network. Only `startChange` writes; it throws a PassError when there is no instance. */
export function createIdentityCenter(options: IdentityCenterOptions): IdentityCenter {
  const { clients, clock, owner, adopting } = options;
  let known: Instance | undefined;

  async function findInstance(reader: Reader): Promise<Instance> {
    if (options.expectedAccount !== undefined) {
      await checkCallerAccount(reader, clients.sts, options.expectedAccount);
    }
    known = await readInstance(reader, clients.ssoAdmin, options);
    return known;
  }

  let finding: Promise<Instance> | undefined;
  const currentInstance = async (): Promise<Instance> => {
    if (known !== undefined) return known;
    finding ??= findInstance(createReader(clock)).finally(() => {
      finding = undefined;
    });
    return finding;
  };

  return {
    async readActualState(signal) {
      const reader = createReader(clock);
      const stop = () => reader.stop(signal?.reason);
      signal?.addEventListener("abort", stop, { once: true });
      try {
        const ownership = { owner, adopting: adopting ?? new Set() };
        return await readActualState(reader, clients, known ?? (await findInstance(reader)), ownership);
      } catch (error) {
        reader.stop(error);
        throw error;
      } finally {
        signal?.removeEventListener("abort", stop);
      }
    },
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
