import type { IssueCode } from "./policy-findings.ts";

type FindingType = "ERROR" | "SECURITY_WARNING" | "WARNING" | "SUGGESTION";

interface FindingText {
  readonly type: FindingType;
  readonly en: string;
  readonly ja: string;
}

/** How each finding is classed and worded; `{}` stands for the text at fault. */
export const findingTexts: Readonly<Record<IssueCode, FindingText>> = {
  JSON_SYNTAX_ERROR: {
    type: "ERROR",
    en: "Fix the JSON syntax error at index {}.",
    ja: "インデックス {} の JSON 構文エラーを修正してください。",
  },
  MISSING_VERSION: {
    type: "WARNING",
    en: "We recommend that you specify the Version element to help you with debugging permission issues.",
    ja: "アクセス許可の問題を調べやすくするために、Version 要素を指定することをお勧めします。",
  },
  INVALID_VERSION: {
    type: "ERROR",
    en: "The version {} is not valid. Use 2012-10-17 or 2008-10-17.",
    ja: "バージョン {} は無効です。2012-10-17 または 2008-10-17 を使用してください。",
  },
  MISSING_STATEMENT: {
    type: "ERROR",
    en: "Add a Statement element to the policy.",
    ja: "ポリシーに Statement 要素を追加してください。",
  },
  MISSING_EFFECT: {
    type: "ERROR",
    en: "Add an Effect element to the policy statement with a value of Allow or Deny.",
    ja: "値が Allow または Deny の Effect 要素をポリシーステートメントに追加してください。",
  },
  INVALID_EFFECT: {
    type: "ERROR",
    en: "The effect {} is not valid. Use Allow or Deny.",
    ja: "Effect {} は無効です。Allow または Deny を使用してください。",
  },
  MISSING_ACTION: {
    type: "ERROR",
    en: "Add an Action or NotAction element to the policy statement.",
    ja: "Action または NotAction 要素をポリシーステートメントに追加してください。",
  },
  MISSING_RESOURCE: {
    type: "ERROR",
    en: "Add a Resource or NotResource element to the policy statement.",
    ja: "Resource または NotResource 要素をポリシーステートメントに追加してください。",
  },
  INVALID_ACTION: {
    type: "ERROR",
    en: "The action {} does not exist.",
    ja: "アクション {} は存在しません。",
  },
  INVALID_SERVICE_IN_ACTION: {
    type: "ERROR",
    en: "The service {} specified in the action does not exist.",
    ja: "アクションに指定されたサービス {} は存在しません。",
  },
  PASS_ROLE_WITH_STAR_IN_RESOURCE: {
    type: "SECURITY_WARNING",
    en:
      "Using the iam:PassRole action with wildcards (*) in the resource can be overly permissive because it allows " +
      "iam:PassRole permissions on multiple resources.",
    ja:
      "iam:PassRole アクションをワイルドカード (*) のリソースで使用すると、複数のリソースに iam:PassRole の" +
      "アクセス許可が与えられるため、許可が過剰になる可能性があります。",
  },
  PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE: {
    type: "SECURITY_WARNING",
    en:
      "Using wildcards (*) in the action and the resource can be overly permissive because it allows iam:PassRole " +
      "permissions on all resources.",
    ja:
      "アクションとリソースにワイルドカード (*) を使用すると、すべてのリソースに iam:PassRole のアクセス許可が" +
      "与えられるため、許可が過剰になる可能性があります。",
  },
};
