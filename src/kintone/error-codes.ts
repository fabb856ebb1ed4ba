/** What a code of kintone's says, as far as it changes what is to be done. */
export type CodeMeaning =
  | "unknown-token"
  | "token-of-other-app"
  | "not-authenticated"
  | "no-permission"
  | "app-not-found"
  | "guest-space"
  | "query"
  | "try-again";

interface KnownCode {
  readonly meaning: CodeMeaning;
  /** Whether kintone certainly has done nothing, so that even a request that writes may be sent again. */
  readonly withoutEffect?: true;
  /** `tenant`: seen there on a real one. `unconfirmed`: told without a real tenant's answer. */
  readonly seen: "tenant" | "unconfirmed";
  readonly source: string;
}

const cliTests = "https://github.com/kintone/cli-kintone/tree/main/features";
const observed = "https://github.com/SonicGarden/kintone-emulator/blob/main/doc/kintone-behavior-notes.md";
const observedQueries =
  "https://github.com/SonicGarden/kintone-emulator/blob/main/doc/kintone-query-behavior.md";

/**
 * kintone publishes no list of its error codes. Its messages come in the language of the account, and earlier
 * deployments answer every refusal with the status 520, so that only the code tells what is wrong.
 * https://github.com/kintone/js-sdk/issues/767, https://github.com/kintone/cli-kintone/pull/892
 */
const errorCodes: Readonly<Record<string, KnownCode>> = {
  // Also when another token of the list is right: "Valid and invalid API tokens", "API token is a draft".
  GAIA_IA02: { meaning: "unknown-token", seen: "tenant", source: cliTests },
  GAIA_AP15: {
    meaning: "token-of-other-app",
    seen: "unconfirmed",
    source: "https://support.gusuku.io/ja-JP/support/solutions/articles/36000464738",
  },
  CB_WA01: { meaning: "not-authenticated", seen: "tenant", source: observed },
  CB_AU01: { meaning: "not-authenticated", seen: "tenant", source: observed },
  CB_NO02: { meaning: "no-permission", seen: "tenant", source: observed },
  GAIA_NO01: { meaning: "no-permission", seen: "tenant", source: cliTests },
  GAIA_AP01: { meaning: "app-not-found", seen: "tenant", source: observed },
  GAIA_IL23: {
    meaning: "guest-space",
    seen: "tenant",
    source: "https://github.com/SonicGarden/kintone-emulator#readme",
  },
  CB_VA01: { meaning: "query", seen: "tenant", source: observedQueries },
  GAIA_IQ03: { meaning: "query", seen: "tenant", source: observedQueries },
  GAIA_IQ07: { meaning: "query", seen: "tenant", source: observedQueries },
  GAIA_IQ11: { meaning: "query", seen: "tenant", source: cliTests },
  GAIA_TO04: { meaning: "try-again", withoutEffect: true, seen: "tenant", source: observed },
  GAIA_DA02: {
    meaning: "try-again",
    withoutEffect: true,
    seen: "tenant",
    source: "https://github.com/kintone/cli-kintone/pull/1464",
  },
  GAIA_NO02: {
    meaning: "try-again",
    seen: "unconfirmed",
    source:
      "https://github.com/tuanemuy/kintone-migrator/blob/main/src/core/adapters/kintone/wrapKintoneError.ts",
  },
};

/** Of codes that are not in the table, what others of their kind say; undefined when nothing is known. */
export function meaningOf(code: string): CodeMeaning | undefined {
  if (Object.hasOwn(errorCodes, code)) return errorCodes[code]?.meaning;
  if (code.startsWith("GAIA_IA")) return "not-authenticated";
  return code.startsWith("GAIA_IQ") ? "query" : undefined;
}

/** Whether kintone says with the code that it has done nothing. */
export function saysWithoutEffect(code: string): boolean {
  return Object.hasOwn(errorCodes, code) && errorCodes[code]?.withoutEffect === true;
}
