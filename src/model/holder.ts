/** A user or group that a name in records means. */
export interface RememberedHolder {
  readonly id: string;
  /** What stands for the ids that the directory's own source gives it: made anew there it keeps them. */
  readonly external?: readonly string[];
  /** Whether a pass has seen that the name is free. */
  readonly gone?: true;
}

/** Whom names in a record meant at that revision, though others have these names by now, or no one. */
export interface FormerHolders {
  readonly revision: number;
  /** By key, as holderKey makes them. */
  readonly holders: Readonly<Record<string, RememberedHolder>>;
}

/** One text for each kind of principal and each name of it. */
export function holderKey(kind: "USER" | "GROUP", name: string): string {
  return `${kind}/${name}`;
}
