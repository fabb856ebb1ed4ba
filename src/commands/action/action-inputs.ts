import { type RepositoryRole, repositoryRoles } from "../../github/repository-role.ts";
import type { Language } from "../../model/config.ts";
import type { Mode, Selection } from "../../model/pass.ts";

type Environment = Readonly<Record<string, string | undefined>>;

const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
/** Of what the action does, how much this step does: a workflow can give the parts to jobs with different permissions. */
const parts = ["all", "receive", "pass", "reply"] as const;

/** The action's inputs, as `action.yml` describes them. */
export interface ActionInputs {
  readonly part: (typeof parts)[number];
  readonly config: string | undefined;
  readonly mode: Mode;
  readonly approve: string | undefined;
  readonly only: Selection | undefined;
  readonly lang: Language | undefined;
  readonly strict: boolean;
  readonly changesAreTwo: boolean;
  readonly logLevel: (typeof logLevels)[number];
  readonly token: string;
  /** Number of the issue where commands count. */
  readonly issue: number | undefined;
  /** What a person needs for `/sync` and `/sync plan`; undefined where the repository's visibility decides. */
  readonly permission: RepositoryRole | undefined;
  /** For the part `reply`: what the part `pass` gave. */
  readonly result: string | undefined;
  readonly reply: string | undefined;
}

export interface InputProblem {
  readonly name: string;
  /** What the input may be. */
  readonly allowed: string;
}

/** Inputs that stand for environment variables; an input wins. */
const inputVariables: Readonly<Record<string, string>> = {
  "kintone-base-url": "KINTONE_BASE_URL",
  "kintone-api-token": "KINTONE_API_TOKEN",
  "kintone-accounts-api-token": "KINTONE_ACCOUNTS_API_TOKEN",
  "kintone-groups-api-token": "KINTONE_GROUPS_API_TOKEN",
  "kintone-permission-set-app": "KINTONE_PERMISSION_SET_APP",
  "kintone-assignment-app": "KINTONE_ASSIGNMENT_APP",
  "aws-region": "AWS_REGION",
  "aws-role-arn": "AWS_ROLE_ARN",
  "slack-bot-token": "SLACK_BOT_TOKEN",
  "slack-channel": "SLACK_CHANNEL",
  memory: "KINTONE_SSO_SYNC_MEMORY",
  audit: "KINTONE_SSO_SYNC_AUDIT",
  heartbeat: "KINTONE_SSO_SYNC_HEARTBEAT",
};

const secretNames = [
  "KINTONE_API_TOKEN",
  "KINTONE_ACCOUNTS_API_TOKEN",
  "KINTONE_GROUPS_API_TOKEN",
  "SLACK_BOT_TOKEN",
  "KINTONE_SSO_SYNC_HEARTBEAT",
];
const shortestMask = 4;

/** The environment variables that inputs stand for, where they are given: a pass looks for them there. */
export function inputEnvironment(environment: Environment): Readonly<Record<string, string>> {
  const given = Object.entries(inputVariables).flatMap(([input, name]) => {
    const value = inputValue(environment, input);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(given);
}

/**
 * The secrets that the runner is to hide in the logs of the whole job: of several tokens in one secret it knows only the
 * whole.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#masking-a-value-in-a-log
 */
export function secretsToMask(environment: Environment): readonly string[] {
  const secrets = secretNames.flatMap((name) => (environment[name] ?? "").split(","));
  const masks = secrets.map((text) => text.trim()).filter((text) => text.length >= shortestMask);
  return [...new Set(masks)].filter((text) => !/[\r\n]/u.test(text));
}

/** The value of an input as the runner hands it over, trimmed; undefined when it is empty. */
function inputValue(environment: Environment, name: string): string | undefined {
  const value = environment[`INPUT_${name.toUpperCase()}`]?.trim();
  return value === "" ? undefined : value;
}

/** Reads every input, with all problems at once. */
export function readActionInputs(environment: Environment): {
  readonly inputs: ActionInputs;
  readonly problems: readonly InputProblem[];
} {
  const problems: InputProblem[] = [];
  const value = (name: string): string | undefined => inputValue(environment, name);
  const refuse = (name: string, allowed: string): undefined => void problems.push({ name, allowed });
  const choice = <Value extends string>(name: string, values: readonly Value[]): Value | undefined => {
    const text = value(name);
    return (
      values.find((one) => one === text) ??
      (text === undefined ? undefined : refuse(name, values.join(" | ")))
    );
  };
  const matching = (name: string, pattern: RegExp, allowed: string): string | undefined => {
    const text = value(name);
    return text === undefined || pattern.test(text) ? text : refuse(name, allowed);
  };
  const issue = matching("issue", /^[1-9]\d{0,9}$/u, "1, 2, 3 …");
  const inputs: ActionInputs = {
    part: choice("part", parts) ?? "all",
    config: value("config"),
    mode: choice("mode", ["sync", "plan"]) ?? "sync",
    approve: matching("approve", /^[0-9a-f]{32}(?:-[0-9a-z]{1,12})?$/u, "/sync approve CODE"),
    only: choice("only", ["permission-sets", "assignments"]),
    lang: choice("lang", ["ja", "en"]),
    strict: choice("strict", ["false", "true"]) === "true",
    changesAreTwo: choice("exit-code", ["false", "true"]) === "true",
    logLevel: choice("log-level", logLevels) ?? "info",
    token: value("token") ?? "",
    issue: issue === undefined ? undefined : Number(issue),
    permission: choice("permission", repositoryRoles),
    result: value("result"),
    reply: value("reply"),
  };
  return { inputs, problems };
}
