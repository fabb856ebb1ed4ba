/** What no description settles, by the name that docs/beliefs.md gives it; the sandbox can play each the other way. */
export const openBeliefs = [
  "account-paths",
  "account-status",
  "attribute-path-case",
  "create-with-tags",
  "description-stays",
  "empty-first-page",
  "inline-policy-as-written",
  "managed-policy-at-attach",
  "missing-assignment-deletion",
  "outstanding-fifteen",
  "deletions-are-outstanding",
  "policies-per-set",
  "principal-for-delegated",
  "provision-where-never",
  "reads-lag",
  "relay-state-cleared",
  "role-remade",
  "status-rows-stay",
  "user-name-case",
  "wrong-region",
] as const;

export type Belief = (typeof openBeliefs)[number];

/** The beliefs that are played the other way. */
export type OtherBeliefs = ReadonlySet<Belief>;

/** Whether the text names a belief. */
export function isBelief(text: string): text is Belief {
  return openBeliefs.some((name) => name === text);
}
