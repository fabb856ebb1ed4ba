import type { Secrets, SigningSecrets, VisitorSecrets } from "../model/config.ts";
import type { Environment } from "../model/environment.ts";
import { isUnfilledMacro, variable } from "../model/environment.ts";
import type { Bilingual, Finding } from "./finding.ts";

/** Reads a whole file; throws when it cannot. */
export type ReadSecretFile = (path: string) => Uint8Array;

interface ReadSecrets {
  /** Undefined when anything is missing or wrong; findings says what. */
  readonly secrets: Secrets | undefined;
  /** On its own, whatever is wrong with the others; undefined when it is missing or wrong itself. */
  readonly slackBotToken: string | undefined;
  /** What signs the memory, whatever is wrong with the others; undefined when that is missing or wrong itself. */
  readonly signing: SigningSecrets | undefined;
  readonly findings: readonly Finding[];
}

/** Reads every secret from its variable or from the file that NAME_FILE names, and reports all that is missing or wrong. */
export function readSecrets(environment: Environment, readFile: ReadSecretFile): ReadSecrets {
  const reader = createReader(environment, readFile);
  const kintone = readKintoneCredentials(reader);
  const basicAuth = readBasicAuth(reader);
  const certificate = readCertificate(reader);
  const slackBotToken = readSlackBotToken(reader);
  const longTokens = readLongTokens(reader);
  const memoryKeys = readMemoryKeys(reader);
  const listTokens = readListTokens(reader);
  const reviewToken = readToken(reader, "KINTONE_REVIEWS_API_TOKEN");
  const isUnsure = kintone === undefined || memoryKeys === "wrong";
  const signing = isUnsure ? undefined : { kintone, ...(memoryKeys && { memoryKeys }) };
  if (reader.findings.length > 0 || signing === undefined) {
    return { secrets: undefined, slackBotToken, signing, findings: reader.findings };
  }
  const secrets: Secrets = {
    ...signing,
    ...listTokens,
    ...(reviewToken !== undefined && { reviewToken }),
    ...(basicAuth && { kintoneBasicAuth: basicAuth }),
    ...(certificate && { kintoneClientCertificate: certificate }),
    ...(slackBotToken !== undefined && { slackBotToken }),
    ...longTokens,
  };
  return { secrets, slackBotToken, signing, findings: [] };
}

interface Reader {
  readonly findings: Finding[];
  readonly report: (path: string, message: Bilingual) => void;
  /** Whether the variable or its NAME_FILE is set, readable or not. */
  readonly isGiven: (name: string) => boolean;
  readonly read: (name: string) => string | undefined;
  readonly readBytes: (name: string) => Uint8Array | undefined;
}

function createReader(environment: Environment, readFile: ReadSecretFile): Reader {
  const findings: Finding[] = [];
  const report = (path: string, message: Bilingual): void => {
    findings.push({ path, message });
  };

  function readBytes(name: string): Uint8Array | undefined {
    const path = variable(environment, name);
    if (path === undefined) return undefined;
    try {
      const bytes = readFile(path);
      if (bytes.length > 0) return bytes;
      report(name, emptyFile);
    } catch (error) {
      report(name, describeUnreadable(error));
    }
    return undefined;
  }

  function read(name: string): string | undefined {
    // Spaces around a password can be part of it; a line break at its end never is.
    const text = variable(environment, name) && environment[name]?.replace(/[\r\n]+$/, "");
    const fileName = `${name}_FILE`;
    if (variable(environment, fileName) === undefined) return text;
    if (text !== undefined) {
      report(fileName, describeGivenTwice(name));
      return text;
    }
    const bytes = readBytes(fileName);
    return bytes === undefined ? undefined : decode(bytes, fileName, report);
  }

  const isGiven = (name: string): boolean =>
    [name, `${name}_FILE`].some((key) => variable(environment, key) !== undefined);
  return { findings, report, isGiven, read, readBytes };
}

function decode(bytes: Uint8Array, name: string, report: Reader["report"]): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/[\r\n]+$/, "");
    if (text.trim() !== "" && !isUnfilledMacro(text)) return text;
    report(name, text.trim() === "" ? emptyFile : unfilledFile);
  } catch {
    report(name, notText);
  }
  return undefined;
}

function readKintoneCredentials(reader: Reader): Secrets["kintone"] | undefined {
  if (reader.isGiven("KINTONE_API_TOKEN")) return readApiTokens(reader);
  const pair = readPair(reader, "KINTONE_USERNAME", "KINTONE_PASSWORD");
  if (pair !== undefined) return { kind: "password", ...pair };
  if (!reader.isGiven("KINTONE_USERNAME") && !reader.isGiven("KINTONE_PASSWORD")) {
    reader.report("KINTONE_API_TOKEN", noCredentials);
  }
  return undefined;
}

/** One request can carry nine tokens: https://cybozu.dev/ja/kintone/docs/rest-api/overview/authentication/ */
const maxTokens = 9;

function readApiTokens(reader: Reader): Secrets["kintone"] | undefined {
  const text = reader.read("KINTONE_API_TOKEN");
  if (text === undefined) return undefined;
  const entries = text.split(",").map((token) => token.trim());
  const tokens = [...new Set(entries.filter((token) => token !== "" && !isUnfilledMacro(token)))];
  if (tokens.length === 0 || !tokens.every(isHeaderValue)) reader.report("KINTONE_API_TOKEN", notAToken);
  if (tokens.length > maxTokens) reader.report("KINTONE_API_TOKEN", tooManyTokens);
  return { kind: "api-token", tokens };
}

/** A user name and a password, which only make sense together. */
function readPair(
  reader: Reader,
  usernameVariable: string,
  passwordVariable: string,
): { readonly username: string; readonly password: string } | undefined {
  const username = reader.read(usernameVariable);
  const password = reader.read(passwordVariable);
  if (username !== undefined && password !== undefined) return { username, password };
  reportHalf(reader, usernameVariable, passwordVariable);
  return undefined;
}

function readBasicAuth(reader: Reader): Secrets["kintoneBasicAuth"] {
  const pair = readPair(reader, "KINTONE_BASIC_AUTH_USERNAME", "KINTONE_BASIC_AUTH_PASSWORD");
  if (pair?.username.includes(":") === true) reader.report("KINTONE_BASIC_AUTH_USERNAME", colonInUsername);
  return pair;
}

function readSlackBotToken(reader: Reader): string | undefined {
  const token = reader.read("SLACK_BOT_TOKEN")?.trim();
  if (token === undefined || isHeaderValue(token)) return token;
  reader.report("SLACK_BOT_TOKEN", notAToken);
  return undefined;
}

function readListTokens(reader: Reader): { readonly listTokens?: Secrets["listTokens"] & {} } {
  const [accounts, groups] = ["KINTONE_ACCOUNTS_API_TOKEN", "KINTONE_GROUPS_API_TOKEN"].map((name) =>
    readToken(reader, name),
  );
  if (accounts === undefined && groups === undefined) return {};
  const listTokens = { ...(accounts !== undefined && { accounts }), ...(groups !== undefined && { groups }) };
  return { listTokens };
}

function readToken(reader: Reader, name: string): string | undefined {
  const token = reader.read(name)?.trim();
  if (token !== undefined && !isHeaderValue(token)) reader.report(name, notAToken);
  return token;
}

/** A guessed one starts passes, or shows who has what. */
const shortestToken = 20;

function readLongTokens(reader: Reader): VisitorSecrets {
  const webhookToken = readLongToken(reader, "KINTONE_SSO_SYNC_WEBHOOK_TOKEN");
  const pagesToken = readLongToken(reader, "KINTONE_SSO_SYNC_PAGES_TOKEN");
  const proxySecret = readLongToken(reader, "KINTONE_SSO_SYNC_PROXY_SECRET");
  return {
    ...(webhookToken !== undefined && { webhookToken }),
    ...(pagesToken !== undefined && { pagesToken }),
    ...(proxySecret !== undefined && { proxySecret }),
  };
}

function readLongToken(reader: Reader, name: string): string | undefined {
  const token = reader.read(name)?.trim();
  if (token === undefined) return undefined;
  if (!isHeaderValue(token)) reader.report(name, notAToken);
  if (token.length < shortestToken) reader.report(name, guessableToken);
  return token;
}

/** A reader of the memory could try out shorter ones. */
const shortestMemoryKey = 32;

function readMemoryKeys(reader: Reader): readonly string[] | "wrong" | undefined {
  const name = "KINTONE_SSO_SYNC_MEMORY_KEY";
  if (!reader.isGiven(name)) return undefined;
  const keys = (reader.read(name) ?? "").split(",").map((key) => key.trim());
  if (keys.length <= mostMemoryKeys && keys.every((key) => key.length >= shortestMemoryKey)) return keys;
  reader.report(name, guessableMemoryKey);
  return "wrong";
}

function readCertificate(reader: Reader): Secrets["kintoneClientCertificate"] {
  const pfx = reader.readBytes("KINTONE_PFX_FILE_PATH");
  const password = reader.read("KINTONE_PFX_FILE_PASSWORD");
  if (pfx !== undefined && password !== undefined) return { pfx, password };
  reportHalf(reader, "KINTONE_PFX_FILE_PATH", "KINTONE_PFX_FILE_PASSWORD");
  return undefined;
}

/** A half that is given but unreadable has been reported under its own name already. */
function reportHalf(reader: Reader, first: string, second: string): void {
  if (reader.isGiven(first) === reader.isGiven(second)) return;
  const [missing, given] = reader.isGiven(first) ? [second, first] : [first, second];
  reader.report(missing, {
    ja: `${given}と一緒に指定してください。`,
    en: `Is required together with ${given}.`,
  });
}

/** What an HTTP header can carry: visible ASCII without white space. */
export function isHeaderValue(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

function describeUnreadable(error: unknown): Bilingual {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  // Only the system's error code: the path may be a secret that was put into the wrong variable.
  const reason = typeof code === "string" && /^E[A-Z]{2,20}$/.test(code) ? ` (${code})` : "";
  return {
    ja: `ファイルを読み込めません${reason}。パスと読み取りの権限を確認してください。`,
    en: `The file cannot be read${reason}; check its path and its permissions.`,
  };
}

function describeGivenTwice(name: string): Bilingual {
  return {
    ja: `${name}と${name}_FILEの両方が指定されています。どちらか一方だけにしてください。`,
    en: `${name} and ${name}_FILE are both set; keep one of them.`,
  };
}

const emptyFile: Bilingual = { ja: "ファイルが空です。", en: "The file is empty." };

const unfilledFile: Bilingual = {
  ja: "ファイルの中身が、Azure DevOpsで置き換えられなかったマクロだけです。変数を設定してください。",
  en: "The file holds nothing but a macro that Azure DevOps did not fill in: set its variable.",
};

const notText: Bilingual = {
  ja: "ファイルの文字コードがUTF-8ではありません。",
  en: "The file is not UTF-8 text.",
};

const notAToken: Bilingual = {
  ja: "トークンとして使えません。空白や全角文字が混ざっていないか確認してください。",
  en: "Is not a token: look for white space and for characters that are not ASCII.",
};

const guessableToken: Bilingual = {
  ja: `${shortestToken}文字以上にしてください（例: openssl rand -hex 32 の出力）。`,
  en: `Must have ${shortestToken} characters or more, e.g. what openssl rand -hex 32 prints.`,
};

const mostMemoryKeys = 5;

const guessableMemoryKey: Bilingual = {
  ja: `${shortestMemoryKey}文字以上の鍵を、1つから${mostMemoryKeys}つまでカンマ区切りで指定してください（例: openssl rand -hex 32 の出力）。`,
  en: `Must have one to ${mostMemoryKeys} keys of ${shortestMemoryKey} characters or more each, separated by commas, e.g. what openssl rand -hex 32 prints.`,
};

const tooManyTokens: Bilingual = {
  ja: `APIトークンは${maxTokens}個まで指定できます。`,
  en: `At most ${maxTokens} API tokens can be sent.`,
};

const colonInUsername: Bilingual = {
  ja: "Basic認証のユーザー名にコロン（:）は使えません。",
  en: "The user name of Basic authentication cannot contain a colon.",
};

const noCredentials: Bilingual = {
  ja: "kintoneの認証情報がありません。2つのアプリのAPIトークンをカンマ区切りで指定するか、KINTONE_USERNAMEとKINTONE_PASSWORDを指定してください。",
  en: "There are no credentials for kintone: set the API tokens of both apps, separated by a comma, or KINTONE_USERNAME and KINTONE_PASSWORD.",
};
