import type { Language } from "../model/config.ts";

interface TrustTexts {
  readonly token: string;
  readonly oneOf: string;
  readonly trustPolicy: string;
  readonly permissionPolicy: string;
  /** What is missing to say anything exact, as options. */
  readonly missing: (options: readonly string[]) => string;
  readonly githubIds: (repository: string) => string;
  readonly invalid: (option: string, example: string) => string;
}

const texts: Readonly<Record<Language, TrustTexts>> = {
  en: {
    token: "The tokens of the job say",
    oneOf: "one of",
    trustPolicy: "Trust policy of the role",
    permissionPolicy: "Permission policy of the role",
    missing: (options) => `These values are needed: ${options.join(", ")}.`,
    githubIds: (repository) =>
      `Both ids: gh api repos/${repository} --jq '"--owner-id \\(.owner.id) --repository-id \\(.id)"'`,
    invalid: (option, example) => `${option} has to look like ${example}.`,
  },
  ja: {
    token: "ジョブのトークンの内容",
    oneOf: "次のどちらか",
    trustPolicy: "ロールの信頼ポリシー",
    permissionPolicy: "ロールの許可ポリシー",
    missing: (options) => `次の値を指定してください: ${options.join("、")}`,
    githubIds: (repository) =>
      `2つのIDは次のコマンドで確認できます: gh api repos/${repository} --jq '"--owner-id \\(.owner.id) --repository-id \\(.id)"'`,
    invalid: (option, example) => `${option}は${example}のような形式で指定してください。`,
  },
};

/** The words around the policies that `doctor --trust` prints. */
export function trustTexts(language: Language): TrustTexts {
  return texts[language];
}
