import type { ConfigProblem } from "../errors.ts";
import type { Config, Language, Secrets } from "../model/config.ts";
import { configFileSchema } from "./config-file-schema.ts";
import { configRules } from "./config-rules.ts";
import { describeSchemaIssues } from "./describe-schema-issues.ts";
import type { Environment } from "../model/environment.ts";
import type { ConfigFlags } from "./environment.ts";
import { overlayEnvironment } from "./environment.ts";
import type { Finding } from "./finding.ts";
import { normaliseConfig } from "./normalise-config.ts";
import type { ConfigFile } from "./parse-config-file.ts";
import { parseConfigFile } from "./parse-config-file.ts";
import type { ReadSecretFile } from "./read-secrets.ts";
import { type OperatorSettings, readOperatorSettings } from "./read-operator-settings.ts";
import { readSecrets } from "./read-secrets.ts";

interface LoadConfigInput {
  /** The configuration file; everything it must say can come from the environment instead. */
  readonly file?: ConfigFile | undefined;
  readonly environment: Environment;
  readonly flags: ConfigFlags;
  readonly readSecretFile: ReadSecretFile;
  /** Of the problems. */
  readonly language: Language;
}

type LoadConfigResult =
  | { readonly ok: true; readonly config: Config; readonly secrets: Secrets }
  | {
      readonly ok: false;
      readonly problems: readonly ConfigProblem[];
      /** Whom to tell of them, where that much can be read. */
      readonly operators?: OperatorSettings;
    };

/** Turns file, environment and flags into a Config and its Secrets, or into every problem at once. Never throws. */
export function loadConfig(input: LoadConfigInput): LoadConfigResult {
  const { environment } = input;
  const file = parseConfigFile(input.file);
  const { tree, sources } = overlayEnvironment(file.tree, environment, input.flags);
  const { findings: secretFindings, ...read } = readSecrets(environment, input.readSecretFile);
  const { secrets } = read;
  const contents = configFileSchema.safeParse(tree);

  const findings = [...file.findings];
  if (file.readable) {
    findings.push(...(contents.success ? [] : describeSchemaIssues(contents.error.issues, tree)));
    findings.push(...configRules.flatMap((rule) => rule.check({ tree, environment })));
  }
  findings.push(...secretFindings);

  if (findings.length === 0 && contents.success && secrets !== undefined) {
    const { heartbeat } = contents.data;
    return {
      ok: true,
      config: normaliseConfig(contents.data, environment),
      secrets: { ...secrets, ...(heartbeat !== undefined && { heartbeatUrl: heartbeat.trim() }) },
    };
  }
  const locate = (path: string) => sources.get(path) ?? (path === "" ? (input.file?.path ?? "") : path);
  const placeOf = (path: string) => (sources.has(path) ? undefined : file.placeOf(path));
  const problems = describe(findings, locate, placeOf, input.language);
  const operators = readOperatorSettings(tree, environment, read);
  return { ok: false, problems, ...(operators && { operators }) };
}

function describe(
  findings: readonly Finding[],
  locate: (path: string) => string,
  placeOf: (path: string) => string | undefined,
  language: Language,
): readonly ConfigProblem[] {
  const problems = findings.map(({ path, message }): ConfigProblem => {
    const place = placeOf(path);
    return { path: locate(path), ...(place === undefined ? {} : { place }), message: message[language] };
  });
  const unique = new Map(problems.map((problem) => [`${problem.path}\n${problem.message}`, problem]));
  return [...unique.values()];
}
