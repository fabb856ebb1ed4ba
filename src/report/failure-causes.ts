/** Why AWS refused a change, as far as the author of a record can do something about it. */
export type FailureCause =
  | "customer-managed-policy-missing"
  | "policy-invalid"
  | "too-many-policies"
  | "principal-not-found"
  | "too-many-roles";

interface CausePattern {
  readonly cause: FailureCause;
  /** Matches the code and AWS's words; a group named `detail` is told. */
  readonly pattern: RegExp;
}

// AWS documents no list of reasons; these are the ones that users of its API have published.
const patterns: readonly CausePattern[] = [
  {
    cause: "customer-managed-policy-missing",
    pattern:
      /(?:not supported policy|policy)\s+\S*?(?<detail>arn:aws[\w-]*:iam::\d{12}:policy\/[\w+=,.@/-]+)/iu,
  },
  { cause: "customer-managed-policy-missing", pattern: /not supported policy/iu },
  {
    cause: "policy-invalid",
    pattern: /MalformedPolicyDocument|Invalid PermissionsPolicy Document|Syntax errors? in policy/iu,
  },
  {
    cause: "too-many-policies",
    pattern: /PoliciesPerRole|attached .*polic.*quota|Cannot exceed quota for Polic/iu,
  },
  { cause: "too-many-roles", pattern: /RolesPerAccount|Cannot exceed quota for Roles/iu },
  { cause: "principal-not-found", pattern: /the (?:USER|GROUP) assignee .*was not found/iu },
];

export interface FoundCause {
  readonly cause: FailureCause;
  readonly detail?: string;
}

/** The cause behind AWS's words; undefined when it is nothing the author of a record can mend. */
export function findFailureCause(reason: {
  readonly code: string;
  readonly message: string;
}): FoundCause | undefined {
  const words = `${reason.code}: ${reason.message}`;
  for (const { cause, pattern } of patterns) {
    const match = pattern.exec(words);
    if (match === null) continue;
    const detail = match.groups?.["detail"];
    return detail === undefined ? { cause } : { cause, detail };
  }
  return undefined;
}
