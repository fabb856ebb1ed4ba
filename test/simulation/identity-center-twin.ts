import { PassError } from "../../src/errors.ts";
import { readingInParts } from "../fakes/read-in-parts.ts";
import type { ActualState, ManagedPermissionSet } from "../../src/model/actual-state.ts";
import { type Assignment, assignmentKey } from "../../src/model/assignment.ts";
import type { Directory } from "../../src/model/directory.ts";
import {
  type AccountId,
  permissionSetArn,
  type PermissionSetArn,
  permissionSetName,
  requestId,
} from "../../src/model/ids.ts";
import type { FailureReason } from "../../src/model/outcome.ts";
import { isManagedBy, sameOwnership, type Tags } from "../../src/model/ownership.ts";
import type { PermissionSetDefinition } from "../../src/model/permission-set.ts";
import type { Change, Removal } from "../../src/model/plan.ts";
import type {
  IdentityCenter,
  OperationKind,
  OperationTarget,
  RemovalCheck,
  StartResult,
} from "../../src/ports.ts";
import { owner } from "./company.ts";
import { redefine } from "./redefine.ts";
import type { SimulatedClock } from "./simulated-clock.ts";

/** A set as AWS has it; an account whose version is behind still has an older definition. */
export interface LiveSet {
  readonly arn: PermissionSetArn;
  readonly name: string;
  readonly tags: Tags;
  readonly definition: PermissionSetDefinition;
  readonly version: number;
  readonly provisioned: ReadonlyMap<AccountId, number>;
}

/** What Identity Center has. Values are never changed in place, so that an old state is an old view. */
export interface Live {
  readonly sets: ReadonlyMap<string, LiveSet>;
  readonly assignments: ReadonlyMap<string, Assignment>;
}

/** What happens to writes. `late` is an operation that AWS takes and then fails. */
export type WriteFault = "throttled" | "timeout-before" | "timeout-after" | "late-failure";

export interface Faults {
  /** The next so many writes meet the fault. */
  readonly writes?: { readonly fault: WriteFault; readonly times: number };
  /** Lists show what there was so many writes ago. */
  readonly staleBy?: number;
  /** Reading the state fails. */
  readonly read?: "throttled" | "incomplete" | "denied";
  /** Nobody answers what has become of operations. */
  readonly silentPolls?: boolean;
}

/** A process that runs a pass; `crash` kills it at a write. */
export interface Connection {
  readonly identityCenter: IdentityCenter;
  /** Every write of this process that reached AWS or was to. */
  readonly writes: readonly Write[];
  /** What the pass was told; undefined while it has read nothing. */
  readonly read: () => ActualState | undefined;
  readonly isDead: () => boolean;
}

export interface Crash {
  readonly atWrite: number;
  readonly phase: "before" | "after";
  /** The process ends here: nothing of it sleeps any longer. */
  readonly kill: () => void;
}

export interface Write {
  readonly change: Change;
  /** The tags of the very set that was written to, just before; undefined when it was not there. */
  readonly tagsBefore: Tags | undefined;
  /** What the set of that name was, just before; undefined while lists are behind, so that no pass can know. */
  readonly definitionBefore: PermissionSetDefinition | undefined;
  /** Who really has anything just then; undefined in the same case. */
  readonly assignmentsBefore: Live["assignments"] | undefined;
}

export interface IdentityCenterTwin {
  readonly live: () => Live;
  readonly faults: () => Faults;
  readonly setFaults: (faults: Faults) => void;
  readonly connect: (crash?: Crash) => Connection;
  /** What people do by hand. */
  readonly byHand: (change: (live: Live) => Live) => void;
  /** How long operations take from now on. */
  readonly setOperationMs: (ms: number) => void;
}

interface Running {
  readonly kind: OperationKind;
  readonly accounts: readonly AccountId[];
  readonly target: OperationTarget;
  readonly endsAtMs: number;
  readonly effect: (live: Live) => Live;
  /** Why it ends as FAILED, where it does. */
  failure: FailureReason | undefined;
  /** What AWS finds only when it comes to it, as things are by then. */
  readonly obstacle: (live: Live) => FailureReason | undefined;
  done: boolean;
}

const longestMemory = 8;
const conflictPatienceMs = 120_000;

/**
 * IAM Identity Center in memory: operations end late, or late as FAILED; lists can be behind; one account does one thing
 * at a time; a request can be throttled, lost before its effect or after it.
 */
export function createIdentityCenterTwin(
  clock: SimulatedClock,
  directory: () => Directory,
  initial: Live,
): IdentityCenterTwin {
  let live = initial;
  let faults: Faults = {};
  let operationMs = 4_000;
  let sets = initial.sets.size;
  const history: Live[] = [initial];
  const operations = new Map<string, Running>();

  const commit = (next: Live): void => {
    if (next === live) return;
    live = next;
    history.push(next);
    if (history.length > longestMemory) history.shift();
  };
  const settle = (): void => {
    for (const operation of operations.values()) {
      if (operation.done || operation.endsAtMs > clock.now()) continue;
      operation.done = true;
      if (operation.failure !== undefined) continue;
      operation.failure = operation.obstacle(live);
      commit(operation.effect(live));
    }
  };
  const takeWriteFault = (): WriteFault | undefined => {
    const { writes, ...others } = faults;
    if (writes === undefined) return undefined;
    faults = writes.times > 1 ? { ...others, writes: { ...writes, times: writes.times - 1 } } : others;
    return writes.fault;
  };
  const isBusy = (accounts: readonly AccountId[]): boolean =>
    [...operations.values()].some((one) => !one.done && one.accounts.some((id) => accounts.includes(id)));

  const begin = (
    kind: OperationKind,
    accounts: readonly AccountId[],
    effect: (live: Live) => Live,
    failure: FailureReason | undefined,
    obstacle: Running["obstacle"] = () => undefined,
  ): StartResult => {
    const id = requestId(`operation-${operations.size + 1}`);
    const endsAtMs = clock.now() + operationMs;
    const [account, another] = accounts;
    const target = account === undefined || another !== undefined ? {} : { account };
    operations.set(id, { kind, accounts, target, endsAtMs, effect, failure, obstacle, done: false });
    return { status: "in-progress", operation: { kind, requestId: id } };
  };

  const carryOut = (change: Change, arn: PermissionSetArn | undefined, late: boolean): StartResult => {
    const { permissionSet: name } = change.target;
    const failure = late ? { code: "operation-failed", message: "Received a 404 status error" } : undefined;
    if (change.kind === "create-permission-set") {
      if (live.sets.has(name)) return refused("ConflictException", `${name} already exists`);
      sets += 1;
      const created = newSet(`ps-${sets}`, name, change.after?.tags ?? {}, change.after?.attributes);
      commit(withSet(live, created));
      return { status: "done", permissionSetArn: created.arn };
    }
    const set = live.sets.get(name);
    if (set === undefined || set.arn !== arn) {
      const gone = change.kind === "unassign" || change.kind === "delete-permission-set";
      return gone ? { status: "done" } : refused("ResourceNotFoundException", `${name} not found`);
    }
    switch (change.kind) {
      case "provision": {
        const { account } = change.target;
        const accounts = account === "all" ? [...set.provisioned.keys()] : [account];
        return begin(
          "provisioning",
          accounts,
          (now) => provision(now, name, accounts),
          failure,
          (now) => missingSomewhere(now, name, accounts),
        );
      }
      case "assign": {
        if (!isKnown(directory(), change.target)) return refused("ResourceNotFoundException", "no principal");
        return begin(
          "assignment-creation",
          [change.target.account],
          (now) => assign(now, change.target),
          failure,
        );
      }
      case "unassign":
        if (!live.assignments.has(assignmentKey(change.target))) return { status: "done" };
        return begin(
          "assignment-deletion",
          [change.target.account],
          (now) => unassign(now, change.target),
          failure,
        );
      case "delete-permission-set": {
        const used = [...live.assignments.values()].some(({ permissionSet }) => permissionSet === name);
        if (used) return refused("ConflictException", "Could not delete because it is assigned");
        const left = new Map(live.sets);
        left.delete(name);
        commit({ ...live, sets: left });
        return { status: "done" };
      }
      case "tag-permission-set":
      case "begin-provisioning":
      case "end-provisioning":
        commit(withSet(live, { ...set, tags: { ...set.tags, ...change.after } }));
        return { status: "done" };
      default:
        commit(
          withSet(live, { ...set, version: set.version + 1, definition: redefine(set.definition, change) }),
        );
        return { status: "done" };
    }
  };

  const start = async (
    change: Change,
    arn: PermissionSetArn | undefined,
    alive: () => Promise<void>,
  ): Promise<StartResult> => {
    const giveUpAtMs = clock.now() + conflictPatienceMs;
    settle();
    // The adapter waits out what another caller does in the account.
    while (isBusy(change.accounts)) {
      if (clock.now() > giveUpAtMs) return refused("ConflictException", "There is a conflicting operation");
      await clock.sleep(1_000);
      await alive();
      settle();
    }
    const fault = takeWriteFault();
    if (fault === "throttled") return refused("ThrottlingException", "Rate exceeded");
    if (fault === "timeout-before") return refused("timeout", "no answer in time");
    const result = carryOut(change, arn, fault === "late-failure");
    return fault === "timeout-after" ? refused("timeout", "no answer in time") : result;
  };

  const connect = (crash?: Crash): Connection => {
    const writes: Write[] = [];
    let lastRead: ActualState | undefined;
    let dead = false;
    const alive = async (): Promise<void> => {
      await Promise.resolve();
      if (dead) throw new Error("the process is gone");
    };
    const dieIf = (phase: Crash["phase"], write: number): void => {
      if (crash?.phase !== phase || crash.atWrite !== write) return;
      dead = true;
      crash.kill();
      throw new Error("the process is gone");
    };
    const readState = (): ActualState => {
      settle();
      if (faults.read !== undefined) throw readError(faults.read);
      const old = history[Math.max(0, history.length - 1 - (faults.staleBy ?? 0))] ?? live;
      lastRead = actualState(old, live, directory());
      return lastRead;
    };
    const inParts = readingInParts(readState);
    const identityCenter: IdentityCenter = {
      async readActualState() {
        await alive();
        return readState();
      },
      async readOutline() {
        await alive();
        return inParts.readOutline();
      },
      async readPlaces(accounts) {
        await alive();
        return inParts.readPlaces(accounts);
      },
      async readParts(request) {
        await alive();
        return inParts.readParts(request);
      },
      async startChange(change, arn) {
        await alive();
        settle();
        const number = writes.length;
        const set = live.sets.get(change.target.permissionSet);
        const tagsBefore = set?.arn === arn ? set?.tags : undefined;
        const isStale = (faults.staleBy ?? 0) > 0;
        writes.push({
          change,
          tagsBefore,
          definitionBefore: isStale ? undefined : set?.definition,
          assignmentsBefore: isStale ? undefined : live.assignments,
        });
        dieIf("before", number);
        const result = await start(change, arn, alive);
        dieIf("after", number);
        await alive();
        return result;
      },
      async confirmRemoval(change) {
        await alive();
        settle();
        return confirm(change, live, directory());
      },
      async listOperationsInProgress(kind) {
        await alive();
        settle();
        if (faults.silentPolls === true) return undefined;
        const ids = [...operations].filter(([, one]) => one.kind === kind && !one.done).map(([id]) => id);
        return new Set(ids.map(requestId));
      },
      async describeOperation(operation) {
        await alive();
        settle();
        const one = operations.get(operation.requestId);
        if (faults.silentPolls === true || one === undefined) return { status: "in-progress" };
        if (!one.done) return { status: "in-progress", target: one.target };
        return one.failure === undefined
          ? { status: "succeeded" }
          : { status: "failed", reason: one.failure };
      },
    };
    return { identityCenter, writes, read: () => lastRead, isDead: () => dead };
  };

  return {
    live: () => {
      settle();
      return live;
    },
    faults: () => faults,
    setFaults: (next) => void (faults = next),
    connect,
    byHand: (change) => {
      settle();
      commit(change(live));
    },
    setOperationMs: (ms) => void (operationMs = ms),
  };
}

function refused(code: string, message: string): StartResult {
  return { status: "failed", reason: { code, message } };
}

/** What is found right before a removal: this is asked for by itself, and is never stale. */
function confirm(change: Removal, { sets, assignments }: Live, directory: Directory): RemovalCheck {
  const set = sets.get(change.target.permissionSet);
  const isThere = set !== undefined && set.arn === change.target.permissionSetArn;
  if (change.kind === "delete-permission-set") {
    if (!isThere) return { status: "gone" };
    return { status: sameOwnership(set.tags, change.before ?? {}) ? "there" : "changed-since-read" };
  }
  if (change.because === "principal-deleted" && isKnown(directory, change.target)) {
    return { status: "principal-exists" };
  }
  return { status: isThere && assignments.has(assignmentKey(change.target)) ? "there" : "gone" };
}

function readError(read: NonNullable<Faults["read"]>): PassError {
  const operation = "ListAccountAssignments";
  if (read === "throttled") return new PassError("aws.throttled", { operation, attempts: 4 });
  if (read === "denied") return new PassError("aws.access-denied", { operation, message: "denied" });
  return new PassError("aws.incomplete-read", { operation, problem: "a page came twice" });
}

function isKnown({ users, groups }: Directory, { principal }: Assignment): boolean {
  return [...users, ...groups].some(({ id }) => id === principal.id);
}

/** A set as it is right after its creation. */
export function newSet(
  id: string,
  name: string,
  tags: Tags,
  attributes: PermissionSetDefinition["attributes"] = { sessionDurationSeconds: 3_600 },
): LiveSet {
  return {
    arn: permissionSetArn(`arn:aws:sso:::permissionSet/ssoins-1111111111111111/${id}`),
    name,
    tags,
    definition: { attributes, managedPolicies: [], customerManagedPolicies: [] },
    version: 1,
    provisioned: new Map(),
  };
}

export function withSet(live: Live, set: LiveSet): Live {
  return { ...live, sets: new Map(live.sets).set(set.name, set) };
}

function provision(live: Live, name: string, accounts: readonly AccountId[]): Live {
  const set = live.sets.get(name);
  if (set === undefined) return live;
  const provisioned = new Map(set.provisioned);
  for (const id of accounts) if (provisioned.has(id)) provisioned.set(id, set.version);
  return withSet(live, { ...set, provisioned });
}

/** A provisioning fails in an account that the set has been taken out of since it began; the others get it. */
function missingSomewhere(
  { sets }: Live,
  name: string,
  accounts: readonly AccountId[],
): FailureReason | undefined {
  const gone = accounts.find((id) => sets.get(name)?.provisioned.has(id) !== true);
  if (gone === undefined) return undefined;
  return {
    code: "operation-failed",
    message: `Permission set provision not found in AWS account ${gone}`,
  };
}

export function assign(live: Live, { permissionSet, account, principal }: Assignment): Live {
  const set = live.sets.get(permissionSet);
  if (set === undefined) return live;
  const assignment = { permissionSet, account, principal };
  const assignments = new Map(live.assignments).set(assignmentKey(assignment), assignment);
  if (set.provisioned.has(account)) return { ...live, assignments };
  const provisioned = new Map(set.provisioned).set(account, set.version);
  return withSet({ ...live, assignments }, { ...set, provisioned });
}

export function unassign(live: Live, { permissionSet, account, principal }: Assignment): Live {
  const assignments = new Map(live.assignments);
  assignments.delete(assignmentKey({ permissionSet, account, principal }));
  const set = live.sets.get(permissionSet);
  const used = [...assignments.values()].some(
    (one) => one.permissionSet === permissionSet && one.account === account,
  );
  if (set === undefined || used) return { ...live, assignments };
  const provisioned = new Map(set.provisioned);
  provisioned.delete(account);
  return withSet({ ...live, assignments }, { ...set, provisioned });
}

/** What reading gives: lists as they were at the time of `old`; a set's tags are asked for by themselves. */
export function actualState(old: Live, live: Live, directory: Directory): ActualState {
  const tagsOf = (set: LiveSet): Tags => {
    const now = live.sets.get(set.name);
    return now?.arn === set.arn ? now.tags : set.tags;
  };
  const permissionSets = [...old.sets.values()].map((set) => {
    const tags = tagsOf(set);
    const base = { arn: set.arn, name: permissionSetName(set.name), tags, locked: false };
    return isManagedBy(tags, owner) ? managed(base, set) : { ...base, managed: false as const };
  });
  const own = new Set<string>(permissionSets.filter((set) => set.managed).map(({ name }) => name));
  return {
    instance: {
      arn: "arn:aws:sso:::instance/ssoins-1111111111111111",
      identityStoreId: "d-1111111111",
      region: "ap-northeast-1",
    },
    directory,
    permissionSets,
    assignments: [...old.assignments.values()].filter(({ permissionSet }) => own.has(permissionSet)),
  };
}

function managed(
  base: Omit<ManagedPermissionSet, "managed" | "definition" | "provisionedAccounts" | "staleAccounts">,
  { definition, provisioned, version }: LiveSet,
): ManagedPermissionSet {
  return {
    ...base,
    managed: true,
    definition,
    provisionedAccounts: [...provisioned.keys()],
    staleAccounts: [...provisioned].filter(([, has]) => has !== version).map(([id]) => id),
  };
}
