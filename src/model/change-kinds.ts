import type { Change, ChangeKind, Removal } from "./plan.ts";

/** What a kind of change is, wherever it matters: the one place that is asked. */
export interface ChangeKindFacts {
  /** Changes of an earlier phase are started first. */
  readonly phase: number;
  readonly would: "create" | "update" | "delete";
  /** How a plan shows it. */
  readonly sign: "+" | "~" | "-";
  readonly half: "permission-sets" | "assignments";
  /** It makes the set what its record says. */
  readonly touchesDefinition: boolean;
  /** It changes what the holders of the set may do. */
  readonly changesRights: boolean;
  /** It follows from another change and says nothing by itself. */
  readonly isHousekeeping: boolean;
  /** Guards count it as a deletion, and it is confirmed just before. */
  readonly removes: boolean;
  /** The plan knows all that was there before, if anything was. */
  readonly knowsBefore: boolean;
  /** It is about names and records that any other set may have, too. */
  readonly dependsOnAllSets: boolean;
}

const definition = {
  phase: 0,
  would: "update",
  half: "permission-sets",
  touchesDefinition: true,
  changesRights: true,
  isHousekeeping: false,
  removes: false,
  knowsBefore: true,
  dependsOnAllSets: false,
} as const;

const note = {
  ...definition,
  sign: "~",
  touchesDefinition: false,
  changesRights: false,
  isHousekeeping: true,
  knowsBefore: false,
} as const;

/** Sets and their policies first, then provisioning, grants, revocations that come after grants (orderChanges), what is noted of that, and deleted sets last. */
export const changeKinds: Readonly<Record<ChangeKind, ChangeKindFacts>> = {
  "create-permission-set": { ...definition, sign: "+", would: "create", dependsOnAllSets: true },
  "update-attributes": { ...definition, sign: "~", changesRights: false },
  "tag-permission-set": { ...note, isHousekeeping: false, dependsOnAllSets: true },
  "begin-provisioning": note,
  "end-provisioning": { ...note, phase: 4 },
  "put-permissions-boundary": { ...definition, sign: "~" },
  "delete-permissions-boundary": { ...definition, sign: "-" },
  "put-inline-policy": { ...definition, sign: "~" },
  "delete-inline-policy": { ...definition, sign: "-" },
  "attach-managed-policy": { ...definition, sign: "+" },
  "detach-managed-policy": { ...definition, sign: "-" },
  "attach-customer-managed-policy": { ...definition, sign: "+" },
  "detach-customer-managed-policy": { ...definition, sign: "-" },
  provision: { ...note, phase: 1 },
  assign: {
    ...definition,
    phase: 2,
    sign: "+",
    would: "create",
    half: "assignments",
    touchesDefinition: false,
    changesRights: false,
  },
  unassign: {
    ...definition,
    phase: 3,
    sign: "-",
    would: "delete",
    half: "assignments",
    touchesDefinition: false,
    changesRights: false,
    removes: true,
  },
  "delete-permission-set": {
    ...definition,
    phase: 5,
    sign: "-",
    would: "delete",
    touchesDefinition: false,
    changesRights: false,
    removes: true,
    dependsOnAllSets: true,
  },
};

/** Whether the change takes something away from people; the guards count those, and each is confirmed just before. */
export function isDeletion(change: Change): change is Removal {
  return changeKinds[change.kind].removes;
}
