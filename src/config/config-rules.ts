import type { AppKind } from "../model/fields.ts";
import { fieldDefinitions } from "../model/fields.ts";
import type { ConfigRule, Draft } from "./config-rule.ts";
import { textAt, valueAt } from "./config-tree.ts";
import { defaultOwner } from "./default-owner.ts";
import { variable } from "../model/environment.ts";
import { checkGuardrails } from "./check-guardrails.ts";
import type { Bilingual, Finding } from "./finding.ts";
import { gateRules } from "./gate-rules.ts";
import { serveRules } from "./serve-rules.ts";
import { readServiceUrl, suggestTenantUrl } from "./service-url.ts";

/** What the schema cannot say: rules about the meaning of one value, and about several values together. */
export const configRules: readonly ConfigRule[] = [
  { name: "base-url-is-a-tenant", check: checkBaseUrl },
  { name: "portal-url-is-https", check: checkPortalUrl },
  { name: "apps-differ", check: checkApps },
  { name: "users-or-groups", check: checkPrincipalFields },
  { name: "field-codes-differ", check: checkFieldCodes },
  { name: "query-is-a-condition", check: checkQueries },
  ...gateRules,
  { name: "user-template-holds-code", check: checkUserTemplate },
  { name: "time-zone-exists", check: checkTimeZone },
  { name: "guardrails-say-something", check: ({ tree }) => checkGuardrails(tree) },
  { name: "default-owner-fits", check: checkDefaultOwner },
  { name: "slack-token-and-channel", check: checkSlack },
  { name: "slack-api-url-is-https", check: checkSlackApiUrl },
  ...serveRules,
  { name: "heartbeat-is-https", check: checkHeartbeat },
];

function checkBaseUrl({ tree }: Draft): readonly Finding[] {
  const text = textAt(tree, "kintone.baseUrl");
  if (text === undefined) return [];
  const path = "kintone.baseUrl";
  const url = readServiceUrl(text);
  if (url === undefined) return [{ path, message: describeNoUrl(suggestTenantUrl(text)) }];
  // The kintone client allows http for the host name localhost and nothing else, not even 127.0.0.1.
  if (url.protocol !== "https:" && url.hostname !== "localhost") return [{ path, message: httpsOnly }];
  return url.pathname === "/" && isPlain(url) ? [] : [{ path, message: originOnly }];
}

function describeNoUrl(suggestion: string | undefined): Bilingual {
  return {
    ja: `https://から始まるURLを指定してください（例: ${suggestion ?? "https://example.cybozu.com"}）。`,
    en: `Must be a URL that begins with https://, e.g. ${suggestion ?? "https://example.cybozu.com"}.`,
  };
}

const httpsOnly: Bilingual = {
  ja: "https://から始めてください。http://を使えるのはホスト名がlocalhostの場合だけです。",
  en: "Must begin with https://; http:// is allowed for the host name localhost only.",
};

const originOnly: Bilingual = {
  ja: "ドメインまでを指定してください（例: https://example.cybozu.com）。/k/などのパス、?や#以降、ユーザー名は書けません。",
  en: "Must end with the domain, e.g. https://example.cybozu.com: no path such as /k/, no query, no fragment, no user name.",
};

function isPlain(url: URL): boolean {
  return [url.username, url.password, url.search, url.hash].every((part) => part === "");
}

function checkPortalUrl({ tree }: Draft): readonly Finding[] {
  const text = textAt(tree, "identityCenter.portalUrl");
  if (text === undefined) return [];
  const url = readServiceUrl(text);
  if (url?.protocol === "https:" && url.username === "" && url.search === "") return [];
  const message = {
    ja: "AWSアクセスポータルのURLを指定してください（例: https://example.awsapps.com/start）。",
    en: "Must be the URL of the AWS access portal, e.g. https://example.awsapps.com/start.",
  };
  return [{ path: "identityCenter.portalUrl", message }];
}

function checkApps({ tree }: Draft): readonly Finding[] {
  const app = valueAt(tree, ["kintone", "permissionSets", "app"]);
  if (app === undefined || app !== valueAt(tree, ["kintone", "assignments", "app"])) return [];
  const message = {
    ja: "許可セットのアプリと割り当てのアプリには、別のアプリを指定してください。",
    en: "Must be another app than kintone.permissionSets.app.",
  };
  return [{ path: "kintone.assignments.app", message }];
}

function fieldCodeAt(tree: unknown, kind: AppKind, name: string, defaultCode: string): unknown {
  const given = valueAt(tree, ["kintone", kind, "fields", name]);
  return given === undefined ? defaultCode : given;
}

function checkPrincipalFields({ tree }: Draft): readonly Finding[] {
  const fields = ["users", "groups"].map((name) => valueAt(tree, ["kintone", "assignments", "fields", name]));
  if (fields.some((code) => code !== null)) return [];
  const message = {
    ja: "usersとgroupsの両方をnullにはできません。どちらかのフィールドコードを指定してください。",
    en: "users and groups cannot both be null; give the field code of at least one.",
  };
  return [{ path: "kintone.assignments.fields", message }];
}

function checkFieldCodes({ tree }: Draft): readonly Finding[] {
  return (["permissionSets", "assignments"] as const).flatMap((kind) => {
    const firstName = new Map<unknown, string>();
    return Object.entries(fieldDefinitions[kind]).flatMap(([name, { defaultCode }]) => {
      const code = fieldCodeAt(tree, kind, name, defaultCode);
      const other = firstName.get(code);
      if (code === null || other === undefined) {
        firstName.set(code, name);
        return [];
      }
      const message = {
        ja: `「${other}」と同じフィールドコードです。別のフィールドを指定するか、アプリにない場合はnullを指定してください。`,
        en: `Has the same field code as ${other}; name another field, or null when the app has no such field.`,
      };
      return [{ path: `kintone.${kind}.fields.${name}`, message }];
    });
  });
}

function checkQueries({ tree }: Draft): readonly Finding[] {
  const message = {
    ja: "絞り込みの条件だけを指定してください。order by、limit、offsetは書けません。",
    en: "Must be a condition only, without order by, limit or offset.",
  };
  return ["kintone.query.permissionSets", "kintone.query.assignments"].flatMap((path) => {
    const outsideQuotes = (textAt(tree, path) ?? "").replaceAll(/"(?:[^"\\]|\\.)*"/g, '""');
    const ordered = /\border\s+by\b|\b(?:limit|offset)\s+\d/i.test(outsideQuotes);
    return ordered ? [{ path, message }] : [];
  });
}

function checkUserTemplate({ tree }: Draft): readonly Finding[] {
  const template = textAt(tree, "principals.userTemplate");
  if (template === undefined) return [];
  const rest = template.replaceAll("{code}", "");
  if (rest !== template && !/[{}]/.test(rest)) return [];
  const message = {
    ja: "kintoneのログイン名が入る位置に{code}を書いてください（例: {code}@example.co.jp）。{code}以外の波かっこは使えません。",
    en: "Must hold {code} where the kintone login name goes, e.g. {code}@example.co.jp, and no other braces.",
  };
  return [{ path: "principals.userTemplate", message }];
}

function checkTimeZone({ tree }: Draft): readonly Finding[] {
  const timeZone = textAt(tree, "timezone");
  if (timeZone === undefined || isTimeZone(timeZone)) return [];
  const message = {
    ja: "IANAのタイムゾーン名を指定してください（例: Asia/Tokyo）。",
    en: "Must be the IANA name of a time zone, e.g. Asia/Tokyo.",
  };
  return [{ path: "timezone", message }];
}

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone }).format(0);
    return true;
  } catch {
    return false;
  }
}

function checkDefaultOwner(draft: Draft): readonly Finding[] {
  const url = readServiceUrl(textAt(draft.tree, "kintone.baseUrl") ?? "");
  if (url === undefined || valueAt(draft.tree, ["owner"]) !== undefined) return [];
  if (/^[\p{L}\p{N}_.:/=+\-@]{1,240}$/u.test(defaultOwner(url, 1))) return [];
  const message = {
    ja: "kintone.baseUrlのホスト名はAWSのタグの値に使えないため、ownerを指定してください。",
    en: "Is required: the host of kintone.baseUrl cannot be the value of an AWS tag.",
  };
  return [{ path: "owner", message }];
}

function checkSlack({ tree, environment }: Draft): readonly Finding[] {
  const hasToken = ["SLACK_BOT_TOKEN", "SLACK_BOT_TOKEN_FILE"].some(
    (name) => variable(environment, name) !== undefined,
  );
  const hasChannel = valueAt(tree, ["slack", "channel"]) !== undefined;
  if (hasToken === hasChannel) return [];
  return hasToken
    ? [{ path: "slack.channel", message: channelMissing }]
    : [{ path: "SLACK_BOT_TOKEN", message: slackTokenMissing }];
}

const channelMissing: Bilingual = {
  ja: "SLACK_BOT_TOKENを使うには、通知先のチャンネルを設定ファイルの「slack.channel」または環境変数SLACK_CHANNELで指定してください。",
  en: "SLACK_BOT_TOKEN needs a channel: set slack.channel in the file or SLACK_CHANNEL in the environment.",
};

const slackTokenMissing: Bilingual = {
  ja: "Slackのチャンネルが指定されています。ボットトークンを環境変数SLACK_BOT_TOKENで渡すか、チャンネルの指定を削除してください。",
  en: "A Slack channel is set: give the bot token in SLACK_BOT_TOKEN, or remove the channel.",
};

function checkSlackApiUrl({ environment }: Draft): readonly Finding[] {
  return checkServiceUrl("SLACK_API_URL", variable(environment, "SLACK_API_URL"));
}

function checkHeartbeat({ tree }: Draft): readonly Finding[] {
  return checkServiceUrl("heartbeat", textAt(tree, "heartbeat"));
}

function checkServiceUrl(path: string, text: string | undefined): readonly Finding[] {
  if (text === undefined) return [];
  const url = readServiceUrl(text);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(url?.hostname ?? "");
  if (url?.protocol === "https:" || (url !== undefined && isLocal)) return [];
  const message = {
    ja: "https://から始まるURLを指定してください。http://を使えるのはlocalhostだけです。",
    en: "Must be a URL that begins with https://; http:// is allowed for localhost only.",
  };
  return [{ path, message }];
}
