import type { IssueMessages } from "./issue-messages.ts";
import { findingJa } from "./analyzer-findings-ja.ts";
import { customerPolicyExample, firstOr, saysNothing } from "./issues-examples.ts";
import { leaveEmptyJa, placeJa, positionJa, quoteJa, restCarriedOutJa, suggestJa } from "./phrases-ja.ts";
import { showParagraph, showValue } from "./show-value.ts";

function policyCountJa(place: string, count: number): string {
  return `${place}に指定したポリシーは、カスタマー管理ポリシーと合わせて${count}個あります。`;
}

const ownPolicies =
  "自分たちで作成したポリシーは、カスタマー管理ポリシーのフィールドに入力してください（アクセス許可の境界の場合は、先頭に customer: を付けてください）。";

/** What AWS says, behind the same in Japanese where AWS said it in English. */
function describeFinding(code: string, details: string): string {
  const isJapanese = /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(details);
  const ours = isJapanese ? undefined : findingJa(code);
  return ours === undefined ? details : `${ours}\n（AWSの説明: ${details}）`;
}

/** Issues of policies other than the inline policy's text in Japanese. */
export const policyIssuesJa = {
  "policy.managed-not-found": ({ name, suggestions }, context) => ({
    message: `${placeJa(context)}の${quoteJa(name)}というAWS管理ポリシーが見つかりません。`,
    ...(saysNothing(name)
      ? { hint: leaveEmptyJa }
      : {
          hint: suggestJa(
            suggestions,
            `AWS管理ポリシーの名前またはARNを入力してください。${suggestions.length === 0 ? ownPolicies : ""}`,
          ),
          example: firstOr(suggestions, "ReadOnlyAccess"),
        }),
  }),
  "policy.managed-not-attachable": ({ name }, context) => ({
    message: `${placeJa(context)}の${quoteJa(name)}は、AWSサービス専用のポリシーのため、許可セットには使えません。`,
    hint: "別のAWS管理ポリシーを指定してください。",
    example: "ReadOnlyAccess",
  }),
  "policy.wrong-partition": ({ arn, partition }, context) => ({
    message: `${placeJa(context)}の${quoteJa(arn)}は、別のAWSパーティション（中国リージョンなど）のARNです。`,
    hint: `arn:${partition}: で始まるARNか、ポリシーの名前だけを入力してください。`,
    example: `arn:${partition}:iam::aws:policy/ReadOnlyAccess`,
  }),
  "policy.not-aws-managed": ({ arn }, context) => {
    const policy = customerPolicyExample(arn);
    return {
      message: `${placeJa(context)}の${quoteJa(arn)}は、AWS管理ポリシーではありません。`,
      hint: ownPolicies,
      example: `${policy}（アクセス許可の境界では customer:${policy}）`,
    };
  },
  "policy.customer-managed-invalid": ({ value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}は、カスタマー管理ポリシーの名前として使えません。`,
    ...(saysNothing(value)
      ? { hint: leaveEmptyJa }
      : {
          hint: "名前だけか、/パス/名前 の形式で、半角で入力してください。ARNは使えません。",
          example: customerPolicyExample(value),
        }),
  }),
  "policy.same-name": ({ policy, other }, context) => ({
    message: `${placeJa(context)}の${quoteJa(policy)}と${quoteJa(other)}は、IAMでは同じ名前になるため、一緒には使えません。パスや大文字・小文字が違っても、1つのAWSアカウントには片方しか作成できません。`,
    hint: "どちらか一方にするか、ポリシーの名前を変えてください。",
  }),
  "policy.boundary-invalid": ({ value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}は、アクセス許可の境界として使えません。`,
    ...(saysNothing(value)
      ? { hint: leaveEmptyJa }
      : {
          hint: "AWS管理ポリシーの名前またはARNを入力してください。カスタマー管理ポリシーの場合は、先頭に customer: を付けて、名前または /パス/名前 を入力してください。",
          example: "customer:/boundaries/DeveloperBoundary",
        }),
  }),
  "policy.too-many": ({ count, limit }, context) => ({
    message: `${policyCountJa(placeJa(context), count)}1つの許可セットに指定できるのは${limit}個までです。`,
    hint: `合わせて${limit}個以内に減らしてください。複数のポリシーの内容は、1つのカスタマー管理ポリシーやインラインポリシーにまとめられます。`,
  }),
  "policy.over-role-default": ({ count, limit }, context) => ({
    message: `${policyCountJa(placeJa(context), count)}AWSの初期設定では、1つのロールに付けられるのは${limit}個までです。`,
    hint: `合わせて${limit}個以内に減らすか、割り当て先のすべてのAWSアカウントで上限を引き上げるよう管理者に依頼してください。上限が足りないアカウントでは、反映に失敗します。${restCarriedOutJa}`,
  }),
  "policy.analyzer-finding": ({ issueCode, details, learnMoreLink, line, column }, context) => {
    const position = line === undefined || column === undefined ? "" : `の${positionJa({ line, column })}`;
    return {
      message: `${placeJa(context)}${position}に、AWSのポリシー検査で問題が見つかりました（${showValue(issueCode)}）。\n${describeFinding(issueCode, showParagraph(details))}`,
      hint: `次のページを参考に、ポリシーを修正してください。\n${showValue(learnMoreLink, 1_000)}`,
    };
  },
} satisfies Partial<IssueMessages>;
