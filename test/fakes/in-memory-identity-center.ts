import { isDeepStrictEqual } from "node:util";
import type { ActualState, ManagedPermissionSet } from "../../src/model/actual-state.ts";
import { type Assignment, assignmentKey } from "../../src/model/assignment.ts";
import { type AccountId, permissionSetArn, requestId } from "../../src/model/ids.ts";
import type { FailureReason } from "../../src/model/outcome.ts";
import {
  customerManagedPolicyText,
  type PermissionSetAttributes,
  type PermissionSetDefinition,
} from "../../src/model/permission-set.ts";
import { sameOwnership } from "../../src/model/ownership.ts";
import type { Change, Removal } from "../../src/model/plan.ts";
import type {
  Clock,
  IdentityCenter,
  OperationKind,
  OperationTarget,
  RemovalCheck,
  StartResult,
} from "../../src/ports.ts";
import { readingInParts } from "./read-in-parts.ts";

export interface TwinOptions {
  readonly clock: Clock;
  /** How long an asynchronous operation takes. */
  readonly operationMs?: number;
  /** Refuses a change at once, or lets its operation end as FAILED. */
  readonly failing?: (
    change: Change,
  ) => { readonly when: "start" | "end"; readonly reason: FailureReason } | undefined;
  /** What is answered when a removal is confirmed, instead of what is there. */
  readonly confirming?: (change: Removal) => RemovalCheck | undefined;
}

export interface IdentityCenterTwin extends IdentityCenter {
  readonly state: () => ActualState;
  /** Changes the state behind everybody's back. */
  readonly meddle: (edit: (state: ActualState) => ActualState) => void;
  /** Ids of the changes in the order in which they were started. */
  readonly started: readonly string[];
  /** The most operations that were in progress at one time, and the most in any one account. */
  readonly peak: () => { readonly operations: number; readonly perAccount: number };
  readonly polls: () => number;
}

interface RunningOperation {
  readonly kind: OperationKind;
  readonly change: Change;
  readonly endsAtMs: number;
  /** Gives the reason when AWS finds that it cannot be done. */
  readonly finish: () => FailureReason | undefined;
  failure: FailureReason | undefined;
  finished: boolean;
}

/** IAM Identity Center in memory: it does what the plan says, as slowly as asked, and refuses what it is told to. */
export function createIdentityCenterTwin(initial: ActualState, options: TwinOptions): IdentityCenterTwin {
  const { clock, operationMs = 5_000 } = options;
  let { directory } = initial;
  const sets = new Map(initial.permissionSets.map((set) => [set.name as string, set]));
  const assignments = new Map(initial.assignments.map((one) => [assignmentKey(one), one]));
  const operations = new Map<string, RunningOperation>();
  const started: string[] = [];
  let polls = 0;
  const peak = { operations: 0, perAccount: 0 };

  const settle = (): void => {
    for (const operation of operations.values()) {
      if (operation.finished || operation.endsAtMs > clock.now()) continue;
      operation.finished = true;
      operation.failure ??= operation.finish();
    }
  };
  const running = (): readonly RunningOperation[] => [...operations.values()].filter((one) => !one.finished);
  const managed = (name: string): ManagedPermissionSet => {
    const set = sets.get(name);
    if (set?.managed !== true) throw new Error(`the twin has no managed set ${name}`);
    return set;
  };
  const redefine = (
    name: string,
    change: (definition: PermissionSetDefinition) => PermissionSetDefinition,
  ): void => {
    const set = managed(name);
    const definition = change(set.definition);
    // What is the same as before leaves the accounts up to date.
    if (isDeepStrictEqual(definition, set.definition)) return;
    sets.set(name, { ...set, definition, staleAccounts: set.provisionedAccounts });
  };

  const begin = (
    kind: OperationKind,
    change: Change,
    finish: () => FailureReason | undefined | void,
    failure?: FailureReason,
  ): StartResult => {
    const id = requestId(`request-${operations.size + 1}`);
    // One role at a time in an account: another pass's operation comes first.
    const before = running().filter((one) =>
      one.change.accounts.some((account) => change.accounts.includes(account)),
    );
    const endsAtMs = Math.max(clock.now(), ...before.map((one) => one.endsAtMs)) + operationMs;
    const finishIfThere = (): FailureReason | undefined => {
      if (!sets.has(change.target.permissionSet)) {
        if (change.kind === "unassign") return undefined;
        return { code: "operation-failed", message: "Received a 404 status error: no such permission set" };
      }
      return finish() ?? undefined;
    };
    operations.set(id, { kind, change, endsAtMs, finish: finishIfThere, finished: false, failure });
    const now = running();
    const accounts = now.flatMap((one) => one.change.accounts);
    peak.operations = Math.max(peak.operations, now.length);
    for (const account of accounts) {
      peak.perAccount = Math.max(peak.perAccount, accounts.filter((other) => other === account).length);
    }
    return { status: "in-progress", operation: { kind, requestId: id } };
  };

  const carryOut = (change: Change, failure?: FailureReason): StartResult => {
    const { permissionSet: name } = change.target;
    if (change.kind !== "create-permission-set" && !sets.has(name)) {
      if (/^(delete|detach|unassign)/u.test(change.kind)) return { status: "done" };
      return { status: "failed", reason: { code: "ResourceNotFoundException", message: "no such set" } };
    }
    switch (change.kind) {
      case "create-permission-set": {
        const existing = sets.get(name);
        if (existing !== undefined) {
          return sameOwnership(existing.tags, change.after?.tags ?? {})
            ? { status: "done", permissionSetArn: existing.arn }
            : { status: "failed", reason: { code: "ConflictException", message: "already exists" } };
        }
        const arn = permissionSetArn(`arn:aws:sso:::permissionSet/ssoins-1/ps-${name}`);
        sets.set(name, {
          managed: true,
          arn,
          name: change.target.permissionSet,
          tags: change.after?.tags ?? {},
          locked: false,
          definition: {
            attributes: change.after?.attributes ?? { sessionDurationSeconds: 3_600 },
            managedPolicies: [],
            customerManagedPolicies: [],
          },
          provisionedAccounts: [],
          staleAccounts: [],
        });
        return { status: "done", permissionSetArn: arn };
      }
      case "provision": {
        const accounts =
          change.target.account === "all" ? managed(name).provisionedAccounts : [change.target.account];
        return begin("provisioning", change, () => provision(accounts), failure);
      }
      case "assign":
        return begin("assignment-creation", change, () => assign(change.target), failure);
      case "unassign":
        return begin("assignment-deletion", change, () => unassign(change.target), failure);
      case "delete-permission-set":
        if ([...assignments.values()].some(({ permissionSet }) => permissionSet === name)) {
          return {
            status: "failed",
            reason: { code: "ConflictException", message: "Could not delete because …" },
          };
        }
        sets.delete(name);
        return { status: "done" };
      case "tag-permission-set":
      case "begin-provisioning":
      case "end-provisioning":
        sets.set(name, { ...managed(name), tags: { ...managed(name).tags, ...change.after } });
        return { status: "done" };
      default:
        redefine(name, (definition) => edit(definition, change));
        return { status: "done" };
    }
    function provision(accounts: readonly AccountId[]): FailureReason | undefined {
      const set = managed(name);
      sets.set(name, { ...set, staleAccounts: set.staleAccounts.filter((id) => !accounts.includes(id)) });
      const gone = accounts.find((id) => !set.provisionedAccounts.includes(id));
      if (gone === undefined) return undefined;
      const message = `Permission set provision not found in AWS account ${gone}`;
      return { code: "operation-failed", message };
    }
    function assign({ permissionSet, account, principal }: Assignment): void {
      const assignment = { permissionSet, account, principal };
      assignments.set(assignmentKey(assignment), assignment);
      const set = managed(name);
      sets.set(name, { ...set, provisionedAccounts: [...new Set([...set.provisionedAccounts, account])] });
    }
    function unassign({ permissionSet, account, principal }: Assignment): void {
      assignments.delete(assignmentKey({ permissionSet, account, principal }));
      const set = managed(name);
      const left = [...assignments.values()].some(
        (one) => one.permissionSet === name && one.account === account,
      );
      if (left) return;
      const without = (ids: readonly Assignment["account"][]) => ids.filter((id) => id !== account);
      sets.set(name, {
        ...set,
        provisionedAccounts: without(set.provisionedAccounts),
        staleAccounts: without(set.staleAccounts),
      });
    }
  };

  return {
    state: () => {
      settle();
      return {
        ...initial,
        directory,
        permissionSets: [...sets.values()],
        assignments: [...assignments.values()],
      };
    },
    meddle(edit) {
      const edited = edit(this.state());
      directory = edited.directory;
      sets.clear();
      for (const set of edited.permissionSets) sets.set(set.name, set);
      assignments.clear();
      for (const one of edited.assignments) assignments.set(assignmentKey(one), one);
    },
    started,
    peak: () => peak,
    polls: () => polls,
    async readActualState() {
      return this.state();
    },
    ...readingInParts(() => {
      settle();
      return { ...initial, permissionSets: [...sets.values()], assignments: [...assignments.values()] };
    }),
    async startChange(change, arn) {
      settle();
      started.push(change.id);
      if (change.kind !== "create-permission-set" && arn === undefined) throw new Error("no ARN");
      const failure = options.failing?.(change);
      if (failure?.when === "start") return { status: "failed", reason: failure.reason };
      return carryOut(change, failure?.reason);
    },
    async confirmRemoval(change) {
      settle();
      const answer = options.confirming?.(change);
      if (answer !== undefined) return answer;
      if (change.kind === "delete-permission-set") {
        const set = sets.get(change.target.permissionSet);
        if (set === undefined) return { status: "gone" };
        return { status: sameOwnership(set.tags, change.before ?? {}) ? "there" : "changed-since-read" };
      }
      const { principal } = change.target;
      const known = principal.type === "USER" ? directory.users : directory.groups;
      if (change.because === "principal-deleted" && known.some(({ id }) => id === principal.id)) {
        return { status: "principal-exists" };
      }
      return { status: assignments.has(assignmentKey(change.target)) ? "there" : "gone" };
    },
    async listOperationsInProgress(kind) {
      settle();
      polls += 1;
      return new Set(
        [...operations].filter(([, one]) => one.kind === kind && !one.finished).map(([id]) => requestId(id)),
      );
    },
    async describeOperation(operation) {
      settle();
      const one = operations.get(operation.requestId);
      if (one === undefined) return { status: "in-progress" };
      if (!one.finished) return { status: "in-progress", target: targetOf(one.change) };
      return one.failure === undefined ? { status: "succeeded" } : { status: "failed", reason: one.failure };
    },
  };
}

/** AWS keeps a description that an update leaves out. */
function updated(
  before: PermissionSetAttributes,
  after: PermissionSetAttributes = before,
): PermissionSetAttributes {
  const { description } = before;
  return description === undefined ? after : { description, ...after };
}

function edit(definition: PermissionSetDefinition, change: Change): PermissionSetDefinition {
  const { inlinePolicy: _inline, ...withoutInline } = definition;
  const { permissionsBoundary: _boundary, ...withoutBoundary } = definition;
  switch (change.kind) {
    case "update-attributes":
      return { ...definition, attributes: updated(definition.attributes, change.after) };
    case "put-inline-policy":
      return { ...definition, inlinePolicy: change.after ?? "" };
    case "delete-inline-policy":
      return withoutInline;
    case "put-permissions-boundary":
      return change.after === undefined ? definition : { ...definition, permissionsBoundary: change.after };
    case "delete-permissions-boundary":
      return withoutBoundary;
    case "attach-managed-policy":
      return {
        ...definition,
        managedPolicies: [...new Set([...definition.managedPolicies, change.after ?? ""])],
      };
    case "detach-managed-policy":
      return {
        ...definition,
        managedPolicies: definition.managedPolicies.filter((arn) => arn !== change.before),
      };
    case "attach-customer-managed-policy":
      return change.after === undefined
        ? definition
        : {
            ...definition,
            customerManagedPolicies: [
              ...definition.customerManagedPolicies.filter((one) => !isDeepStrictEqual(one, change.after)),
              change.after,
            ],
          };
    case "detach-customer-managed-policy": {
      const gone = change.before === undefined ? "" : customerManagedPolicyText(change.before);
      const left = definition.customerManagedPolicies.filter(
        (one) => customerManagedPolicyText(one) !== gone,
      );
      return { ...definition, customerManagedPolicies: left };
    }
    default:
      throw new Error(`the twin cannot ${change.kind}`);
  }
}

function targetOf({ target }: Change): OperationTarget {
  const { permissionSetArn } = target;
  const set = permissionSetArn === undefined ? {} : { permissionSetArn };
  return "account" in target && target.account !== "all" ? { ...set, account: target.account } : set;
}
