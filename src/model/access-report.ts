import type { AccountState } from "./directory.ts";
import type { PermissionSetDefinition } from "./permission-set.ts";

/**
 * Whose an access is: asked for by records; behind a record that is held; on a managed set and in no record (by hand); of a
 * principal that is not in the directory any more (orphan); or of a set that is not managed here.
 */
export type AccessStanding = "records" | "held" | "pending" | "by-hand" | "orphan" | "unmanaged";

/** What holding a set makes of a person. */
export type AccessClass = "administrator" | "runs-as-other-roles" | "unknown" | "ordinary";

export interface AccessRecord {
  /** As people read it: `11#3`. */
  readonly name: string;
  readonly url: string;
  /** Who changed it last. */
  readonly editor?: string;
  /** Of the same, by which kintone knows that person. */
  readonly editorCode?: string;
  /** ISO 8601 UTC. */
  readonly updatedAt?: string;
  /** What its list of accounts stands for, where some entry of it stands for many. */
  readonly targets?: { readonly entries: number; readonly accounts: number };
}

export interface AccessUser {
  readonly id: string;
  readonly userName: string;
  readonly displayName?: string;
  readonly email?: string;
  readonly enabled: boolean;
}

/** One person (or a principal without people behind it) with one set in one account. */
export interface AccessLine {
  readonly account: string;
  readonly accountName?: string;
  /** Missing for an account that is not in the organization any more. */
  readonly accountState?: AccountState;
  /** Of its organizational units, where it could be read. */
  readonly accountPath?: string;
  readonly permissionSet: string;
  readonly class: AccessClass;
  /** Missing for a group without members and for an orphan. */
  readonly user?: AccessUser;
  /** What is assigned. */
  readonly principal: { readonly type: "USER" | "GROUP"; readonly id: string; readonly name?: string };
  readonly standing: AccessStanding;
  readonly records: readonly AccessRecord[];
  /** Since when the records ask for it, where every one of them has a start. ISO 8601 UTC. */
  readonly starts?: string;
  /** When it ends, where every record that asks for it has an end. ISO 8601 UTC. */
  readonly expires?: string;
  /** When the person last used it, as a file says that others exported. */
  readonly lastUsed?: string;
}

export interface AccessSet {
  readonly name: string;
  readonly isManaged: boolean;
  readonly class: AccessClass;
  /** What of the set makes it one of the class. */
  readonly why: readonly string[];
  readonly sessionDurationSeconds: number;
  readonly definition: PermissionSetDefinition;
  /** How many accounts have it. */
  readonly accounts: number;
}

/** Who has what at one time, whole, however it was given. */
export interface AccessReport {
  readonly schemaVersion: 1;
  /** ISO 8601 UTC. */
  readonly asOf: string;
  readonly instanceArn: string;
  readonly owner: string;
  /** What it was narrowed to; empty for everything. */
  readonly filters: Readonly<
    Partial<Record<"user" | "account" | "permissionSet" | "administrators", string>>
  >;
  readonly counts: {
    readonly access: number;
    readonly assignments: number;
    readonly people: number;
    readonly administrators: number;
    readonly accounts: number;
    readonly permissionSets: number;
  };
  /** Of all lines: two lists with the same are the same. */
  readonly hash: string;
  readonly access: readonly AccessLine[];
  readonly permissionSets: readonly AccessSet[];
  readonly exceptions: {
    readonly disabledWithAccess: readonly string[];
    readonly orphans: readonly string[];
    readonly setsWithoutPeople: readonly string[];
    readonly accountsWithoutPeople: readonly string[];
    readonly emptyGroups: readonly string[];
  };
}
