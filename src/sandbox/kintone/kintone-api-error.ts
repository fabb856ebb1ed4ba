import { randomBytes } from "node:crypto";

import type { SandboxAnswer } from "../failure-switch.ts";

export type Language = "ja" | "en";

/** One message in the two languages the sandbox speaks. */
export type Message = Readonly<Record<Language, string>>;

/** Messages by the place they are about, such as `record.name.value`. */
export type InputErrors = Record<string, readonly Message[]>;

/** A refusal in kintone's own form: HTTP status, code, message and, for invalid input, a message per place. */
export class KintoneApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly text: Message;
  readonly errors: InputErrors | undefined;

  constructor(status: number, code: string, text: Message, errors?: InputErrors) {
    super(`[${status}] [${code}] ${text.en}`);
    this.name = "KintoneApiError";
    this.status = status;
    this.code = code;
    this.text = text;
    this.errors = errors;
  }
}

/** Renders a refusal as kintone sends it: a random id per answer and the code repeated in a header. */
export function renderError(error: KintoneApiError, language: Language): SandboxAnswer {
  const errors =
    error.errors &&
    Object.fromEntries(
      Object.entries(error.errors).map(([place, messages]) => [
        place,
        { messages: messages.map((message) => message[language]) },
      ]),
    );
  return {
    status: error.status,
    headers: { "x-cybozu-error": error.code },
    body: {
      code: error.code,
      id: randomBytes(15).toString("base64url"),
      message: error.text[language],
      ...(errors && { errors }),
    },
  };
}

export const REQUIRED_PARAMETER: Message = { ja: "必須です。", en: "Required field." };
export const REQUIRED_VALUE: Message = { ja: "必須です。", en: "Required." };

/** CB_VA01: a parameter or a value is not acceptable. */
export function invalidInput(errors: InputErrors): KintoneApiError {
  const text = { ja: "入力内容が正しくありません。", en: "Missing or invalid input." };
  return new KintoneApiError(400, "CB_VA01", text, errors);
}

/** CB_VA01 with one message in one place. */
export function invalidParameter(place: string, message: Message): KintoneApiError {
  return invalidInput({ [place]: [message] });
}

/** CB_NO02: a user without the right, or a guest-space path that is not the app's. */
export function notPermitted(): KintoneApiError {
  return new KintoneApiError(403, "CB_NO02", { ja: "権限がありません。", en: "No privilege to proceed." });
}

/** GAIA_AP01: there is no such app. */
export function appNotFound(id: number): KintoneApiError {
  return new KintoneApiError(404, "GAIA_AP01", {
    ja: `指定したアプリ（id: ${id}）が見つかりません。削除されている可能性があります。`,
    en: `The app (ID: ${id}) not found. The app may have been deleted.`,
  });
}

/** GAIA_RE01: there is no such record. */
export function recordNotFound(id: number): KintoneApiError {
  return new KintoneApiError(404, "GAIA_RE01", {
    ja: `指定したレコード（id: ${id}）が見つかりません。`,
    en: `The specified record (ID: ${id}) is not found.`,
  });
}

/** GAIA_RE02: there is no such comment. */
export function commentNotFound(): KintoneApiError {
  return new KintoneApiError(400, "GAIA_RE02", {
    ja: "指定したコメントが存在しません。削除された可能性があります。",
    en: "The specified comment does not exist. The comment may have been deleted.",
  });
}

/** GAIA_CO02: the record was changed since the given revision. */
export function revisionConflict(): KintoneApiError {
  return new KintoneApiError(409, "GAIA_CO02", {
    ja: "指定したrevisionは最新ではありません。ほかのユーザーがレコードを更新した可能性があります。",
    en: "The revision is not the latest. Someone may update a record.",
  });
}

/** GAIA_IL26, 27 and 28: a user, group or organization that does not exist is named. */
export function entityNotFound(type: "USER" | "GROUP" | "ORGANIZATION", code: string): KintoneApiError {
  const [errorCode, ja, en] = {
    USER: ["GAIA_IL26", "ユーザー", "user"] as const,
    GROUP: ["GAIA_IL27", "グループ", "group"] as const,
    ORGANIZATION: ["GAIA_IL28", "組織", "organization"] as const,
  }[type];
  return new KintoneApiError(400, errorCode, {
    ja: `指定した${ja}（code：${code}）が見つかりません。`,
    en: `The specified ${en} (code：${code}) not found.`,
  });
}

/** GAIA_CO03: the settings were changed since the given revision. */
export function settingsConflict(): KintoneApiError {
  return new KintoneApiError(409, "GAIA_CO03", {
    ja: "指定したrevisionは最新ではありません。ほかのユーザーがアプリの設定を更新した可能性があります。",
    en: "The revision is not the latest. Someone may have updated the app settings.",
  });
}

/** Which error kintone gives while an app is being deployed is not documented; that it gives one is. */
export function beingDeployed(id: number): KintoneApiError {
  return new KintoneApiError(400, "GAIA_AP09", {
    ja: `アプリ（id: ${id}）の設定を運用環境に反映しているため、操作できません。`,
    en: `The settings of the app (ID: ${id}) are being deployed.`,
  });
}

/** GAIA_FC01: the form has no such field. */
export function fieldNotFound(code: string): KintoneApiError {
  return new KintoneApiError(400, "GAIA_FC01", {
    ja: `指定されたフィールド（code: ${code}）が見つかりません。`,
    en: `The field (code: ${code}) is not found.`,
  });
}

/** GAIA_LO03: a lookup's key field does not prohibit duplicate values. */
export function keyNotUnique(): KintoneApiError {
  return new KintoneApiError(400, "GAIA_LO03", {
    ja: "ルックアップの参照先から値をコピーできません。「コピー元のフィールド」に指定したフィールドの設定で「値の重複を禁止する」を選択しておく必要があります。",
    en: "Values cannot be copied from the lookup source: the key field must prohibit duplicate values.",
  });
}

/** GAIA_DA02: kintone's database is busy; also the answer to apps that are made at the same time. */
export function databaseLocked(): KintoneApiError {
  return new KintoneApiError(400, "GAIA_DA02", {
    ja: "データベースのロックに失敗したため、変更を保存できませんでした。時間をおいて再度お試しください。",
    en: "Failed to save the changes. The database could not be locked. Please wait a while and try again.",
  });
}

/** A path that kintone does not serve; the code is not documented, that the answer is JSON is. */
export function pathNotFound(): KintoneApiError {
  return new KintoneApiError(404, "CB_NF01", {
    ja: "指定されたAPIが見つかりません。",
    en: "The specified API is not found.",
  });
}

export const NOT_AN_ENUM: Message = {
  ja: "Enum値のいずれかでなければなりません。",
  en: "must be one of the enum value",
};
