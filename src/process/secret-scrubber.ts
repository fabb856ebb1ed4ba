import type { Secrets } from "../model/config.ts";
import { isUnfilledMacro } from "../model/environment.ts";

/** The text with every secret in it replaced by `[secret]`. */
export type Scrub = (text: string) => string;

/** Shorter ones would be found everywhere, and showing where would give them away. */
const shortestSecret = 4;

/** Secrets that arrived while the program ran. The latest are enough: tokens and sessions last an hour or so. */
const learned = new Set<string>();
const mostLearned = 40;
let learnedVersion = 0;

/** From now on every scrubber takes these out as well: tokens and credentials that were not known at the start. */
export function learnSecrets(secrets: readonly string[]): void {
  for (const secret of secrets) {
    learned.delete(secret);
    learned.add(secret);
  }
  for (const oldest of [...learned].slice(0, -mostLearned)) learned.delete(oldest);
  learnedVersion += 1;
}

/** Finds secrets as they are, escaped for JSON or a URL, and as base64 also in the middle of a longer base64 text. */
export function createScrubber(secrets: readonly string[]): Scrub {
  let pattern = patternOf(secrets);
  let version = 0;
  return (text) => {
    if (version !== learnedVersion) {
      pattern = patternOf([...secrets, ...learned]);
      version = learnedVersion;
    }
    return pattern === undefined ? text : text.replace(pattern, "[secret]");
  };
}

function patternOf(secrets: readonly string[]): RegExp | undefined {
  const findable = secrets.filter((secret) => secret.length >= shortestSecret);
  const forms = new Set([...findable, ...findable.flatMap(base64Forms)]);
  if (forms.size === 0) return undefined;
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map(escapedForms).join("|"), "g");
}

/** The same plain data with every text in it scrubbed: a service can hand a secret back in a message that others get to read. */
export function scrubTexts<Data>(data: Data, scrub: Scrub): Data {
  const scrubbed = JSON.stringify(data, (_key, value: unknown) =>
    typeof value === "string" ? scrub(value) : value,
  );
  return JSON.parse(scrubbed) as Data;
}

/** Credentials of AWS and of CI systems, which others read, and our own as long as the configuration has a problem. */
const secretVariables = [
  "KINTONE_PASSWORD",
  "KINTONE_BASIC_AUTH_PASSWORD",
  "KINTONE_PFX_FILE_PASSWORD",
  "KINTONE_ACCOUNTS_API_TOKEN",
  "KINTONE_GROUPS_API_TOKEN",
  "KINTONE_REVIEWS_API_TOKEN",
  "SLACK_BOT_TOKEN",
  "KINTONE_SSO_SYNC_WEBHOOK_TOKEN",
  "KINTONE_SSO_SYNC_PAGES_TOKEN",
  "KINTONE_SSO_SYNC_PROXY_SECRET",
  "KINTONE_SSO_SYNC_MEMORY_KEY",
  "KINTONE_SSO_SYNC_HEARTBEAT",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
  "GITHUB_TOKEN",
  "SYSTEM_ACCESSTOKEN",
];

/** Every text that must not get out, for createScrubber: of the secrets, once they are read, and of the environment. */
export function secretTexts(
  secrets: Secrets | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const proxies = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];
  return [
    ...(secrets === undefined ? [] : textsOf(secrets)),
    ...secretVariables.map((name) => environment[name] ?? ""),
    ...(environment["KINTONE_API_TOKEN"] ?? "").split(",").map((token) => token.trim()),
    ...proxies.flatMap((name) => proxyPassword(environment[name] ?? "")),
  ].filter((text) => text.trim() !== "" && !isUnfilledMacro(text));
}

function textsOf(secrets: Secrets): readonly string[] {
  const { kintone, kintoneBasicAuth, kintoneClientCertificate } = secrets;
  const { slackBotToken, webhookToken, pagesToken, proxySecret, heartbeatUrl } = secrets;
  const { memoryKeys = [], listTokens = {} } = secrets;
  const tokens = kintone.kind === "api-token" ? kintone.tokens : pairTexts(kintone);
  return [
    ...tokens,
    ...memoryKeys,
    ...Object.values(listTokens),
    ...(kintoneBasicAuth === undefined ? [] : pairTexts(kintoneBasicAuth)),
    ...(kintoneClientCertificate === undefined ? [] : [kintoneClientCertificate.password]),
    ...[slackBotToken, webhookToken, pagesToken, proxySecret, heartbeatUrl].filter(
      (secret) => secret !== undefined,
    ),
  ];
}

/** The pair as the Authorization headers join it before base64. */
function pairTexts({ username, password }: { username: string; password: string }): readonly string[] {
  return [`${username}:${password}`, password];
}

function proxyPassword(url: string): readonly string[] {
  const { password } = URL.canParse(url) ? new URL(url) : { password: "" };
  return [password, decode(password)];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * base64 turns three bytes into four characters, so a secret inside a longer text, such as `user:password`, shows in one
 * of three ways, depending on how many bytes come before it. The characters at the edges also depend on its neighbours:
 *
 *     bytes before   skipped characters
 *          0                 0
 *          1                 2
 *          2                 3
 */
function base64Forms(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const whole = bytes.toString("base64");
  const inside = [0, 2, 3].map((skipped, before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString("base64");
    return text.slice(skipped, Math.floor(((before + bytes.length) * 8) / 6));
  });
  return [whole, whole.replace(/=+$/, ""), ...inside].flatMap((form) => [
    form,
    form.replaceAll("+", "-").replaceAll("/", "_"),
  ]);
}

/** A pattern for the text in which every character can be as it is or escaped for JSON (at any depth) or for a URL. */
function escapedForms(text: string): string {
  return (text.match(/\\+|[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\\]/g) ?? []).map(escapedCharacter).join("");
}

function escapedCharacter(character: string): string {
  if (/^[A-Za-z0-9]$/.test(character)) return character;
  if (character.startsWith("\\")) return String.raw`(?:\\+|(?:%5[cC])+)`;
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index));
  const literal = units.map((unit) => String.raw`\u${hex(unit, 4)}`).join("");
  const json = units.map((unit) => String.raw`\\+u${anyCase(hex(unit, 4))}`).join("");
  const url = [...Buffer.from(character)].map((byte) => `%${anyCase(hex(byte, 2))}`).join("");
  const others = otherEscapes[character] ?? [];
  // The character itself comes last: it can be the beginning of its own escape.
  return `(?:${[...others, json, url, literal].join("|")})`;
}

const otherEscapes: Readonly<Record<string, readonly string[]>> = {
  '"': [String.raw`\\+"`],
  "/": [String.raw`\\+/`],
  " ": [String.raw`\+`],
  "\n": [String.raw`\\+n`],
  "\r": [String.raw`\\+r`],
  "\t": [String.raw`\\+t`],
};

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, "0");
}

function anyCase(digits: string): string {
  return digits.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}
