/** What a step of the acceptance saw, by the name of each fact. */
export type Facts = Readonly<Record<string, string | number | boolean>>;

/** One step that the program carries out and measures by itself. */
export interface MeasuredStep {
  /** What is expected to be seen; facts that are not named here are only measured. */
  readonly expected: Facts;
  /** The beliefs of docs/beliefs.md that the step settles, each with the fact that is so when the belief is true. */
  readonly beliefs: Readonly<Record<string, Facts>>;
}

/** What only a real tenant can prove and the program can measure, in the order in which it is done. */
export const measuredSteps = {
  instance: { expected: { primaryRegion: true, status: "ACTIVE" }, beliefs: {} },
  "other-region": { expected: {}, beliefs: { "wrong-region": { answer: "empty" } } },
  accounts: {
    expected: {},
    beliefs: {
      "account-status": { status: true },
      "account-paths": { paths: true },
      "empty-first-page": { emptyPage: true },
    },
  },
  create: {
    expected: {},
    beliefs: { "create-with-tags": { created: "accepted" }, "reads-lag": { readWithinTwoSeconds: true } },
  },
  assign: { expected: { user: "SUCCEEDED", group: "SUCCEEDED" }, beliefs: {} },
  "two-at-once": { expected: { second: "ConflictException" }, beliefs: {} },
  "ended-rows": { expected: {}, beliefs: { "status-rows-stay": { listed: true } } },
  "policy-text": { expected: {}, beliefs: { "inline-policy-as-written": { asWritten: true } } },
  stale: { expected: { staleBefore: true, provisioned: "SUCCEEDED", staleAfter: false }, beliefs: {} },
  attributes: {
    expected: {},
    beliefs: {
      "description-stays": { descriptionStays: true },
      "relay-state-cleared": { relayStateStays: false },
    },
  },
  "refused-texts": {
    expected: { japanese: "ValidationException", longName: "ValidationException" },
    beliefs: {},
  },
  "aws-policy-missing": { expected: {}, beliefs: { "managed-policy-at-attach": { attached: "accepted" } } },
  "own-policy-missing": { expected: { attached: "accepted", provisioned: "FAILED" }, beliefs: {} },
  "policies-per-set": { expected: {}, beliefs: { "policies-per-set": { attached: 25 } } },
  "last-assignment": { expected: {}, beliefs: { "role-remade": { roleStays: false } } },
  "assignment-missing": {
    expected: {},
    beliefs: { "missing-assignment-deletion": { answer: "accepted" } },
  },
  "provision-never": {
    expected: {},
    beliefs: { "provision-where-never": { provisioned: "SUCCEEDED" } },
  },
  "unknown-token": { expected: { code: "GAIA_IA02" }, beliefs: {} },
  comment: {
    expected: { readBack: true, revisionStays: true, unknownMention: "GAIA_IL26", removed: true },
    beliefs: {},
  },
} as const satisfies Readonly<Record<string, MeasuredStep>>;

export type MeasuredStepName = keyof typeof measuredSteps;

/** What takes a person, and the beliefs that it settles. */
export const handSteps = {
  "wrong-on-purpose": [],
  lookups: ["attribute-path-case", "user-name-case"],
  "by-principal": ["principal-for-delegated"],
  outstanding: ["outstanding-fifteen", "deletions-are-outstanding"],
  "two-full-syncs": [],
  portal: [],
  "record-deleted": [],
  leaver: [],
  "renamed-set": [],
  schedule: [],
  killed: [],
  events: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type HandStepName = keyof typeof handSteps;

/** Whom and what an acceptance is to be about. */
export interface Subjects {
  /** Twelve digits. */
  readonly account: string;
  /** User name in Identity Center. */
  readonly user: string;
  /** Display name in Identity Center. */
  readonly group: string;
}

/** Why nothing is done with these. */
export type SubjectRefusal =
  | "account-unknown"
  | "account-not-active"
  | "management-account"
  | "key-account"
  | "protected-account"
  | "user-unknown"
  | "group-unknown";

/** One request of a step: what was asked, and the shape of the answer; who and what it was about is not in it. */
export interface SeenRequest extends Exchange {
  /** How often the same was asked and answered one after the other. */
  readonly times: number;
}

/** One question and its answer. */
export interface Exchange {
  readonly operation: string;
  readonly answer?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
  readonly requestId?: string;
}

export interface StepResult extends StepVerdict {
  readonly step: MeasuredStepName;
  readonly seen: Facts;
  readonly seconds: number;
  readonly requests: readonly SeenRequest[];
}

/** What was expected of a step, and whether it came. */
interface StepVerdict {
  readonly verdict: "as-expected" | "otherwise" | "not-done";
  readonly expected: Facts;
  /** What the step says of beliefs. */
  readonly beliefs: Readonly<Record<string, "held" | "other" | "unseen">>;
}

/** What an acceptance leaves: no secret, no name, no id but those of requests. */
export interface AcceptanceReport {
  readonly schemaVersion: 1;
  readonly program: string;
  readonly startedAt: string;
  readonly region: string;
  readonly steps: readonly StepResult[];
  /** Whether everything that was made is gone again. */
  readonly leftNothing: boolean;
}

/** What a step comes to: all of what was expected, and of each belief whether it is true. */
export function judgeStep(step: MeasuredStepName, seen: Facts | undefined): StepVerdict {
  const { expected, beliefs }: MeasuredStep = measuredSteps[step];
  const wanted: Facts = Object.fromEntries([expected, ...Object.values(beliefs)].flatMap(Object.entries));
  return {
    verdict: seen === undefined ? "not-done" : agrees(wanted, seen) ? "as-expected" : "otherwise",
    expected: wanted,
    beliefs: Object.fromEntries(
      Object.entries(beliefs).map(([name, facts]) => [name, judgeBelief(facts, seen ?? {})]),
    ),
  };
}

function judgeBelief(facts: Facts, seen: Facts): "held" | "other" | "unseen" {
  if (!Object.keys(facts).every((name) => Object.hasOwn(seen, name))) return "unseen";
  return agrees(facts, seen) ? "held" : "other";
}

function agrees(wanted: Facts, seen: Facts): boolean {
  return Object.entries(wanted).every(([name, value]) => seen[name] === value);
}
