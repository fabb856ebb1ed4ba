import { type Environment, variable } from "../model/environment.ts";
import { valueAt, withValueAt } from "./config-tree.ts";

interface Override {
  readonly variable: string;
  readonly path: string;
  readonly type: "text" | "number";
}

/** Environment variables that stand in for keys of the file; a later one wins over an earlier one. */
const overrides: readonly Override[] = [
  { variable: "KINTONE_BASE_URL", path: "kintone.baseUrl", type: "text" },
  { variable: "KINTONE_GUEST_SPACE_ID", path: "kintone.guestSpaceId", type: "number" },
  { variable: "KINTONE_PERMISSION_SET_APP", path: "kintone.permissionSets.app", type: "number" },
  { variable: "KINTONE_ASSIGNMENT_APP", path: "kintone.assignments.app", type: "number" },
  { variable: "AWS_DEFAULT_REGION", path: "identityCenter.region", type: "text" },
  { variable: "AWS_REGION", path: "identityCenter.region", type: "text" },
  { variable: "SLACK_CHANNEL", path: "slack.channel", type: "text" },
  { variable: "KINTONE_SSO_SYNC_LANG", path: "language", type: "text" },
  { variable: "KINTONE_SSO_SYNC_MEMORY", path: "memory", type: "text" },
  { variable: "KINTONE_SSO_SYNC_AUDIT", path: "audit", type: "text" },
  { variable: "KINTONE_SSO_SYNC_SERVE_HOST", path: "serve.host", type: "text" },
  { variable: "KINTONE_SSO_SYNC_SERVE_PORT", path: "serve.port", type: "number" },
  { variable: "KINTONE_SSO_SYNC_HEARTBEAT", path: "heartbeat", type: "text" },
  { variable: "KINTONE_SSO_SYNC_USER_TEMPLATE", path: "principals.userTemplate", type: "text" },
];

/** Command-line flags that stand in for keys of the file. */
export interface ConfigFlags extends AddressFlags {
  /** `--lang` */
  readonly lang?: string | undefined;
}

/** Where \`serve\` listens. */
export interface AddressFlags {
  /** `--host` */
  readonly host?: string | undefined;
  /** `--port` */
  readonly port?: number | undefined;
}

/** The environment variable that can set the key, if there is one. */
export function variableFor(path: string): string | undefined {
  return overrides.findLast((override) => override.path === path)?.variable;
}

interface Overlaid {
  readonly tree: unknown;
  /** Dotted path of a key → the variable or flag its value came from. */
  readonly sources: ReadonlyMap<string, string>;
}

/** Lays the environment over the file and the flags over both, and remembers where each value came from. */
export function overlayEnvironment(file: unknown, environment: Environment, flags: ConfigFlags): Overlaid {
  const given = overrides.flatMap(({ variable: name, path, type }) => {
    const text = variable(environment, name);
    return text === undefined ? [] : [{ name, path, value: type === "number" ? toNumber(text) : text }];
  });
  given.push(...givenFlags(flags));

  let tree = file;
  const sources = new Map<string, string>();
  for (const { name, path, value } of given) {
    const keys = path.split(".");
    tree = withValueAt(tree, keys, value);
    if (valueAt(tree, keys) === value) sources.set(path, name);
  }
  return { tree, sources };
}

function givenFlags({ lang, host, port }: ConfigFlags) {
  const flags = [
    { name: "--lang", path: "language", value: lang },
    { name: "--host", path: "serve.host", value: host },
    { name: "--port", path: "serve.port", value: port },
  ];
  return flags.flatMap(({ value, ...flag }) => (value === undefined ? [] : [{ ...flag, value }]));
}

/** Anything but digits stays a text, so that validation can refuse it under the variable's name. */
function toNumber(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}
