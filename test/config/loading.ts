import type { Language } from "../../src/model/config.ts";
import { loadConfig } from "../../src/config/load-config.ts";

export const minimalFile = `
kintone:
  baseUrl: https://example.cybozu.com
  permissionSets: { app: 10 }
  assignments: { app: 11 }
identityCenter:
  region: ap-northeast-1
`;

export const minimalEnvironment = { KINTONE_API_TOKEN: "permissionSetToken,assignmentToken" };

interface Given {
  readonly text?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly lang?: string;
  /** Path → contents. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly language?: Language;
}

/** Loads what is given; what is not given is the minimal valid configuration. */
export function load({ text = minimalFile, environment = minimalEnvironment, files = {}, ...given }: Given) {
  return loadConfig({
    file: { path: "kintone-sso-sync.yaml", text },
    environment,
    flags: { lang: given.lang },
    language: given.language ?? "en",
    readSecretFile: (path) => {
      const contents = files[path];
      if (contents === undefined) throw Object.assign(new Error(`no ${path}`), { code: "ENOENT" });
      return typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
    },
  });
}

/** The valid configuration; fails the test with the problems when there are any. */
export function loadValid(given: Given) {
  const result = load(given);
  if (!result.ok)
    throw new Error(result.problems.map(({ path, message }) => `${path}: ${message}`).join("\n"));
  return result;
}

/** The problems as `path: message`, empty for a valid configuration. */
export function problemsOf(given: Given): readonly string[] {
  const result = load(given);
  return result.ok ? [] : result.problems.map(({ path, message }) => `${path}: ${message}`);
}
