import { distance } from "fastest-levenshtein";
import { isTree } from "./config-tree.ts";
import type { Bilingual, Finding } from "./finding.ts";
import type { JsonSchema } from "./json-schema.ts";
import { schemaAt } from "./json-schema.ts";

/** Keys that people look for a place for in the file, and the environment variables that are the place. First match wins. */
const secretKeys: readonly { readonly pattern: RegExp; readonly variables: readonly string[] }[] = [
  { pattern: /slack.*(token|secret|password)|bottoken/, variables: ["SLACK_BOT_TOKEN"] },
  {
    pattern: /basicauth/,
    variables: ["KINTONE_BASIC_AUTH_USERNAME", "KINTONE_BASIC_AUTH_PASSWORD"],
  },
  { pattern: /pfx|clientcert/, variables: ["KINTONE_PFX_FILE_PATH", "KINTONE_PFX_FILE_PASSWORD"] },
  {
    pattern: /accesskey|secretkey|sessiontoken|(aws|identitycenter).*(token|secret|password)/,
    variables: [],
  },
  { pattern: /token/, variables: ["KINTONE_API_TOKEN"] },
  {
    pattern: /password|secret|credential|^(kintone)?(auth)?(user(name)?|login(name)?)$/,
    variables: ["KINTONE_USERNAME", "KINTONE_PASSWORD"],
  },
];

/** What to do about a key that does not exist: secrets have their own place, anything else is likely a slip. */
export function describeUnknownKey(
  path: readonly string[],
  value: unknown,
  schema: JsonSchema,
): readonly Finding[] {
  const name = path.join(".");
  const secrets = findSecrets(path, value);
  if (secrets.some((secret) => secret.path === name)) return secrets;
  return [{ path: name, message: describeSlip(path, schema) }, ...secrets];
}

/** The key itself when its name is a secret's, or else such keys below it. */
function findSecrets(path: readonly string[], value: unknown): readonly Finding[] {
  const name = simplify(path.join(""));
  const known = secretKeys.find(({ pattern }) => pattern.test(name));
  if (known !== undefined) {
    const message = known.variables.length === 0 ? awsCredentials : describeSecret(known.variables);
    return [{ path: path.join("."), message }];
  }
  // Deeper than a file can go on purpose; an alias can make the tree a circle.
  if (!isTree(value) || path.length > 4) return [];
  return Object.entries(value).flatMap(([key, child]) => findSecrets([...path, key], child));
}

const awsCredentials: Bilingual = {
  ja: "認証情報は設定ファイルに書けません。ここから削除し、AWS SDKの標準の方法（IAMロール、環境変数など）で渡してください。",
  en: "Credentials do not belong in this file: delete them here and use the AWS SDK's own ways, such as a role or its environment variables.",
};

function describeSecret(variables: readonly string[]): Bilingual {
  const files = variables.filter((name) => !name.endsWith("_PATH")).map((name) => `${name}_FILE`);
  return {
    ja: `認証情報は設定ファイルに書けません。ここから削除し、環境変数${variables.join("と")}で渡すか、${files.join("と")}でファイルのパスを指定してください。`,
    en: `Secrets do not belong in this file: delete it here and set ${variables.join(" and ")} in the environment, or name a file that holds it in ${files.join(" and ")}.`,
  };
}

/** The key beside it that was likely meant; undefined where none is near. */
export function likelyMeant(path: readonly string[], schema: JsonSchema): string | undefined {
  return nearestKey(path.at(-1) ?? "", siblingsOf(path, schema));
}

function siblingsOf(path: readonly string[], schema: JsonSchema): readonly string[] {
  return Object.keys(schemaAt(schema, path.slice(0, -1))?.properties ?? {});
}

function describeSlip(path: readonly string[], schema: JsonSchema): Bilingual {
  const siblings = siblingsOf(path, schema);
  const key = path.at(-1) ?? "";
  const nearest = likelyMeant(path, schema) ?? pathsOf(schema).find((known) => endsWithKey(known, key));
  return nearest === undefined
    ? {
        ja: `このキーはありません。使えるキー: ${siblings.join("、")}`,
        en: `There is no such key here. Known keys: ${siblings.join(", ")}.`,
      }
    : {
        ja: `このキーはありません。「${nearest}」ではありませんか。`,
        en: `There is no such key here. Did you mean ${nearest}?`,
      };
}

function pathsOf(schema: JsonSchema, prefix = ""): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, child]) =>
    [`${prefix}${key}`].concat(pathsOf(child, `${prefix}${key}.`)),
  );
}

function endsWithKey(path: string, key: string): boolean {
  return simplify(path.slice(path.lastIndexOf(".") + 1)) === simplify(key);
}

// No known key is anywhere near this long.
const longestKey = 64;

/** The known key with the fewest edits, when at most a third of it is wrong. */
function nearestKey(key: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({
      candidate,
      away: distance(simplify(key).slice(0, longestKey), simplify(candidate)),
    }))
    .filter(({ candidate, away }) => away <= Math.ceil(candidate.length / 3))
    .sort((a, b) => a.away - b.away);
  return ranked[0]?.candidate;
}

function simplify(key: string): string {
  return key.toLowerCase().replaceAll(/[-_ ]/g, "");
}
