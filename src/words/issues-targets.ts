import type { IssueMessages } from "./issue-messages.ts";
import { placeEn, quoteAllEn, quoteEn, suggestEn } from "./phrases-en.ts";
import { placeJa, quoteAllJa, quoteJa, suggestJa } from "./phrases-ja.ts";

const unitExample = "ou:Root/Workloads/Prod";

/** Issues of entries that stand for many accounts, in English. */
export const targetIssuesEn = {
  "target.is-a-name": ({ value }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} stands for many accounts, and is the name of one as well.`,
    hint: "Enter the 12-digit id of the account, or ask an administrator to rename it.",
    example: "123456789012",
  }),
  "target.unknown": ({ value, suggestions }, context) => ({
    message: `The organizational unit ${quoteEn(value)} in ${placeEn(context)} was not found.`,
    hint: suggestEn(suggestions, "Enter the names of the units from the root down, or the id of the unit."),
    example: unitExample,
  }),
  "target.ambiguous": ({ value, ids }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} may be any of these organizational units: ${quoteAllEn(ids, "disjunction")}.`,
    hint: "Enter the id of the unit.",
    example: "ou:ou-abcd-12345678",
  }),
  "target.empty": ({ value, suggestions }, context) => ({
    message: `${quoteEn(value)} in ${placeEn(context)} stands for no account.`,
    hint: suggestEn(
      suggestions,
      "Correct the entry, or take it out. What the record granted stays until then.",
    ),
  }),
  "target.only-exclusions": ({ value }, context) => ({
    message: `${placeEn(context)} only leaves accounts out (${quoteEn(value)}), and names none.`,
    hint: "Enter what they are left out of, such as all or an organizational unit.",
    example: "all",
  }),
  "target.off": ({ value, setting }, context) => ({
    message: `Entries such as ${quoteEn(value)} in ${placeEn(context)} are not allowed here (${setting}).`,
    hint: "Enter the ids or names of the accounts, or ask an administrator.",
    example: "123456789012",
  }),
} satisfies Partial<IssueMessages>;

/** The same in Japanese. */
export const targetIssuesJa = {
  "target.is-a-name": ({ value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}は、複数のアカウントを指す書き方ですが、同じ名前のアカウントもあります。`,
    hint: "アカウントの12桁のIDを入力するか、アカウント名の変更を管理者に依頼してください。",
    example: "123456789012",
  }),
  "target.unknown": ({ value, suggestions }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}というOU（組織単位）が見つかりません。`,
    hint: suggestJa(suggestions, "ルートから順にOUの名前を並べるか、OUのIDを入力してください。"),
    example: unitExample,
  }),
  "target.ambiguous": ({ value, ids }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}に当たるOU（組織単位）が複数あります: ${quoteAllJa(ids)}。`,
    hint: "OUのIDを入力してください。",
    example: "ou:ou-abcd-12345678",
  }),
  "target.empty": ({ value, suggestions }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}に当たるアカウントがありません。`,
    hint: suggestJa(
      suggestions,
      "修正するか、不要な場合は外してください。それまでは、このレコードが付与したアクセス権はそのまま残ります。",
    ),
  }),
  "target.only-exclusions": ({ value }, context) => ({
    message: `${placeJa(context)}には除くアカウント（${quoteJa(value)}）しかなく、対象のアカウントがありません。`,
    hint: "何から除くのかを、all やOUなどで指定してください。",
    example: "all",
  }),
  "target.off": ({ value, setting }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}のような書き方は、ここでは使えません（${setting}）。`,
    hint: "アカウントのIDか名前を入力するか、管理者に相談してください。",
    example: "123456789012",
  }),
} satisfies Partial<IssueMessages>;
