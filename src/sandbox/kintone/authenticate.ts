import type { IncomingHttpHeaders } from "node:http";

import { ADMINISTRATOR, type App, type Domain, nameUser } from "./kintone-domain.ts";
import { KintoneApiError, notPermitted } from "./kintone-api-error.ts";
import type { Named, Permission, TokenSeed } from "./kintone-seed.ts";

export type AuthKind = "token" | "password" | "none";

/** Who makes a request, and what they may see and do. */
export interface Actor {
  readonly user: Named;
  /** Whether one of the permissions is given in the app. */
  may(app: App, permissions: readonly Permission[]): boolean;
  /** Throws what kintone answers when none of the permissions is given in the app. */
  require(app: App, permissions: readonly Permission[]): void;
  canSeeRecord(app: App, id: number): boolean;
  canSeeField(app: App, code: string): boolean;
}

const MAX_TOKENS = 9;

/** Which credentials a request carries: a password wins over tokens. */
export function readAuthKind(headers: IncomingHttpHeaders): AuthKind {
  if (headers["x-cybozu-authorization"] !== undefined) return "password";
  return headers["x-cybozu-api-token"] === undefined ? "none" : "token";
}

/** Whether the request passes the Basic authentication in front of the whole domain, if there is one. */
export function passesBasicAuth(domain: Domain, headers: IncomingHttpHeaders): boolean {
  const { basicAuth } = domain.seed;
  if (basicAuth === undefined) return true;
  const expected = Buffer.from(`${basicAuth.username}:${basicAuth.password}`).toString("base64");
  return headers.authorization === `Basic ${expected}`;
}

/** Finds out who makes a request. Throws CB_AU01 without credentials, CB_WA01 or GAIA_IA02 with wrong ones. */
export function authenticate(domain: Domain, headers: IncomingHttpHeaders): Actor {
  const kind = readAuthKind(headers);
  if (kind === "password") return signIn(domain, String(headers["x-cybozu-authorization"]));
  if (kind === "token") return acceptTokens(domain, String(headers["x-cybozu-api-token"]).split(","));
  throw new KintoneApiError(401, "CB_AU01", { ja: "ログインしてください。", en: "Please login." });
}

/** Somebody at the screen, as far as the sandbox's own methods need one. */
export function actAs(user: Named): Actor {
  return {
    user,
    may: () => true,
    require: () => {},
    canSeeRecord: () => true,
    canSeeField: () => true,
  };
}

function signIn(domain: Domain, credentials: string): Actor {
  const [code = "", ...rest] = Buffer.from(credentials, "base64").toString("utf8").split(":");
  const user = domain.users.get(code);
  const isRight = user?.password !== undefined && user.password === rest.join(":") && user.active !== false;
  if (!isRight)
    throw new KintoneApiError(401, "CB_WA01", {
      ja: "パスワード認証に失敗しました。「X-Cybozu-Authorization」ヘッダーの値が正しくありません。",
      en: 'Password authentication failed. The value of "X-Cybozu-Authorization" header is invalid.',
    });
  const may = (app: App) => app.seed.acl?.usersWithoutAccess?.includes(code) !== true;
  return {
    user: nameUser(domain, code),
    may,
    require: (app) => {
      if (!may(app)) throw notPermitted();
    },
    canSeeRecord: (app, id) => app.seed.acl?.hiddenRecords?.[code]?.includes(id) !== true,
    canSeeField: (app, field) => app.seed.acl?.hiddenFields?.[code]?.includes(field) !== true,
  };
}

/** Tokens see all records and fields of their app, whatever its access rights say. */
function acceptTokens(domain: Domain, tokens: readonly string[]): Actor {
  const granted = new Map<number, TokenSeed>();
  if (tokens.length > MAX_TOKENS) throw unknownToken();
  for (const token of tokens) {
    const [app, seed] = findToken(domain, token.trim());
    if (granted.has(app.seed.id)) throw duplicateToken();
    granted.set(app.seed.id, seed);
  }
  const may = (app: App, permissions: readonly Permission[]) =>
    permissions.some((permission) => granted.get(app.seed.id)?.permissions.includes(permission));
  return {
    user: ADMINISTRATOR,
    may,
    require: (app, permissions) => {
      if (!granted.has(app.seed.id)) throw tokenOfOtherApp(app.seed.id);
      if (!may(app, permissions)) throw tokenNotPermitted();
    },
    canSeeRecord: () => true,
    canSeeField: () => true,
  };
}

function findToken(domain: Domain, token: string): [App, TokenSeed] {
  for (const app of domain.apps.values()) {
    const seed = app.seed.tokens.find((known) => known.token === token && known.deployed !== false);
    if (seed !== undefined) return [app, seed];
  }
  throw unknownToken();
}

function unknownToken(): KintoneApiError {
  return new KintoneApiError(400, "GAIA_IA02", {
    ja: "指定したAPIトークンは、アプリで生成されたトークンと異なります。アプリのAPIトークンの設定を確認してください。設定が正しい場合、APIトークンの設定がアプリに反映されていない場合があります。",
    en: "The specified API token does not match the API token generated via an app.",
  });
}

/** No real domain has confirmed it: https://support.gusuku.io/ja-JP/support/solutions/articles/36000464738 */
function tokenOfOtherApp(id: number): KintoneApiError {
  return new KintoneApiError(403, "GAIA_AP15", {
    ja: `APIトークンとアプリ(id: ${id})の組み合わせが正しくありません。`,
    en: `The API token does not match the app (id: ${id}).`,
  });
}

function duplicateToken(): KintoneApiError {
  return new KintoneApiError(400, "GAIA_DA03", {
    ja: "同じアプリのAPIトークンを重複して指定することはできません。",
    en: "You cannot specify a duplicate API token for the same app.",
  });
}

function tokenNotPermitted(): KintoneApiError {
  return new KintoneApiError(403, "GAIA_NO01", {
    ja: "このAPIトークンでは、指定したAPIを実行できません。",
    en: "Using this API token, you cannot run the specified API.",
  });
}
