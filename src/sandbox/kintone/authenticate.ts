import type { IncomingHttpHeaders } from "node:http";

import { hasAppPermission, hasFieldRight, hasRecordRight } from "./access-rights.ts";
import { ADMINISTRATOR, type App, type Domain, nameUser } from "./kintone-domain.ts";
import { KintoneApiError, notPermitted } from "./kintone-api-error.ts";
import type { Named, Permission, UserSeed } from "./kintone-seed.ts";

export type AuthKind = "token" | "password" | "none";

/** Who makes a request, and what they may see and do. */
export interface Actor {
  readonly user: Named;
  /** The person who signed in; a token is none, and some of the API is for persons only. */
  readonly person: UserSeed | undefined;
  /** Whether one of the permissions is given in the app. */
  may(app: App, permissions: readonly Permission[]): boolean;
  /** Throws what kintone answers when none of the permissions is given in the app. */
  require(app: App, permissions: readonly Permission[]): void;
  canSeeRecord(app: App, id: number): boolean;
  canSeeField(app: App, code: string): boolean;
  canEditRecord(app: App, id: number): boolean;
  canDeleteRecord(app: App, id: number): boolean;
  canEditField(app: App, code: string): boolean;
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

/** A person at the screen, as far as the sandbox's own methods need one. */
export function actAs(user: Named): Actor {
  return {
    user,
    person: undefined,
    may: () => true,
    require: () => {},
    ...SEES_AND_CHANGES_ALL,
  };
}

const SEES_AND_CHANGES_ALL = {
  canSeeRecord: () => true,
  canSeeField: () => true,
  canEditRecord: () => true,
  canDeleteRecord: () => true,
  canEditField: () => true,
};

function signIn(domain: Domain, credentials: string): Actor {
  const [code = "", ...rest] = Buffer.from(credentials, "base64").toString("utf8").split(":");
  const user = domain.users.get(code);
  if (user === undefined || !acceptsPassword(user, rest.join(":")))
    throw new KintoneApiError(401, "CB_WA01", {
      ja: "パスワード認証に失敗しました。「X-Cybozu-Authorization」ヘッダーの値が正しくありません。",
      en: 'Password authentication failed. The value of "X-Cybozu-Authorization" header is invalid.',
    });
  const may = (app: App, permissions: readonly Permission[]) => hasAppPermission(app, user, permissions);
  return {
    user: nameUser(domain, code),
    person: user,
    may,
    require: (app, permissions) => {
      if (!may(app, permissions)) throw notPermitted();
    },
    canSeeRecord: (app, id) => hasRecordRight(domain, app, user, id, "viewable"),
    canSeeField: (app, field) => hasFieldRight(app, user, field, "READ"),
    canEditRecord: (app, id) => hasRecordRight(domain, app, user, id, "editable"),
    canDeleteRecord: (app, id) => hasRecordRight(domain, app, user, id, "deletable"),
    canEditField: (app, field) => hasFieldRight(app, user, field, "WRITE"),
  };
}

function acceptsPassword(user: UserSeed, password: string): boolean {
  return user.password === password && user.active !== false && user.twoFactor !== true;
}

/** Tokens see all records and fields of their app, whatever its access rights say. */
function acceptTokens(domain: Domain, tokens: readonly string[]): Actor {
  const granted = new Map<number, readonly Permission[]>();
  if (tokens.length > MAX_TOKENS) throw unknownToken();
  const sent = tokens.map((token) => token.trim());
  for (const token of sent.filter((token) => token !== domain.seed.editToken)) {
    const [app, permissions] = findToken(domain, token);
    if (granted.has(app)) throw duplicateToken();
    granted.set(app, permissions);
  }
  const everywhere = sent.some((token) => token === domain.seed.editToken) ? EDIT : undefined;
  const permissionsIn = (app: App) => [...(granted.get(app.seed.id) ?? []), ...(everywhere ?? [])];
  const may = (app: App, permissions: readonly Permission[]) =>
    permissions.some((permission) => permissionsIn(app).includes(permission));
  return {
    user: ADMINISTRATOR,
    person: undefined,
    may,
    require: (app, permissions) => {
      if (!granted.has(app.seed.id) && everywhere === undefined) throw tokenOfOtherApp(app.seed.id);
      if (!may(app, permissions)) throw tokenNotPermitted();
    },
    ...SEES_AND_CHANGES_ALL,
  };
}

const EDIT: readonly Permission[] = ["view", "add", "edit", "delete"];

function findToken(domain: Domain, token: string): [app: number, permissions: readonly Permission[]] {
  for (const app of domain.apps.values()) {
    const found = app.tokens.find((known) => known.token === token && known.deployed !== false);
    if (found !== undefined) return [app.seed.id, found.permissions];
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
