import type { IssueParams, PolicyGrammarProblem } from "../model/issue.ts";
import type { IssueMessages, IssueText } from "./issue-messages.ts";
import {
  actionExample,
  effectExample,
  policyExample,
  sidExample,
  statementExample,
  versionExample,
} from "./issues-examples.ts";
import { placeJa, quoteJa } from "./phrases-ja.ts";
import { elementOf, isInStatement, statementNumber } from "./policy-places.ts";
import { showValue } from "./show-value.ts";

const resourceExample = '"Resource": "arn:aws:s3:::example-bucket/*"';

const problems: Readonly<Record<PolicyGrammarProblem, IssueText>> = {
  "not-an-object": {
    message: "ポリシー全体が { } で囲まれていません。",
    hint: "ポリシー全体を { と } で囲んでください。",
    example: policyExample,
  },
  "version-missing": {
    message: "Version がありません。",
    hint: "ポリシーの先頭に Version を追加してください。",
    example: versionExample,
  },
  "version-invalid": {
    message: "Version の値が正しくありません。",
    hint: "2012-10-17 を指定してください。これは決まった値で、作成日などには変更できません。",
    example: versionExample,
  },
  "statement-missing": {
    message: "Statement がありません。",
    hint: "許可または拒否する内容を Statement に入力してください。",
    example: `"Statement": [${statementExample}]`,
  },
  "statement-empty": {
    message: "Statement が空です。",
    hint: "許可または拒否する内容を1つ以上入力してください。不要な場合はポリシー全体を削除してください。",
    example: `"Statement": [${statementExample}]`,
  },
  "statement-not-an-object": {
    message: "ステートメントが { } で囲まれていません。",
    hint: "ステートメントを1つずつ { と } で囲んでください。",
    example: statementExample,
  },
  "effect-missing": {
    message: "Effect がありません。",
    hint: "許可する場合は Allow、拒否する場合は Deny を指定してください。",
    example: effectExample,
  },
  "effect-invalid": {
    message: "Effect の値が正しくありません。",
    hint: "Allow か Deny を指定してください（先頭だけが大文字です）。",
    example: effectExample,
  },
  "action-missing": {
    message: "Action（操作）がありません。",
    hint: "Action または NotAction に、操作を1つ以上指定してください。",
    example: actionExample,
  },
  "action-and-not-action": {
    message: "Action と NotAction の両方があります。",
    hint: "どちらか一方を削除してください。",
    example: actionExample,
  },
  "action-invalid": {
    message: "操作の書き方が正しくありません。",
    hint: "サービス名:操作名 の形式で入力してください。すべての操作は * です。",
    example: actionExample,
  },
  "resource-missing": {
    message: "Resource（対象）がありません。",
    hint: "Resource または NotResource に、対象のARNを1つ以上指定してください。すべての対象は * です。",
    example: resourceExample,
  },
  "resource-and-not-resource": {
    message: "Resource と NotResource の両方があります。",
    hint: "どちらか一方を削除してください。",
    example: resourceExample,
  },
  "resource-invalid": {
    message: "対象の書き方が正しくありません。",
    hint: "arn: で始まるARNを入力してください。すべての対象は * です。",
    example: resourceExample,
  },
  "principal-not-allowed": {
    message: "Principal と NotPrincipal は、許可セットのポリシーには使えません。",
    hint: "この項目を削除してください。割り当てるユーザーとグループは、割り当てのアプリで指定してください。",
    example: statementExample,
  },
  "condition-invalid": {
    message: "Condition（条件）の書き方が正しくありません。",
    hint: "条件演算子、条件キー、値の順に、例のように入力してください。",
    example: '"Condition": {"StringEquals": {"aws:RequestedRegion": "ap-northeast-1"}}',
  },
  "sid-invalid": {
    message: "Sid の値が正しくありません。",
    hint: "半角の英数字だけを使った文字列にしてください。記号、スペース、日本語は使えません。",
    example: sidExample,
  },
  "sid-duplicate": {
    message: "同じ Sid が別のステートメントでも使われています。",
    hint: "ステートメントごとに異なる Sid を付けてください。",
    example: '"Sid": "AllowRead2"',
  },
  "unknown-element": {
    message: "ポリシーに使えない項目名です。",
    hint: "項目名のつづりと、大文字と小文字を確認してください。",
  },
};

function elementsAllowed(path: string): string {
  return isInStatement(path)
    ? "ステートメントの中では Sid、Effect、Action、NotAction、Resource、NotResource、Condition を使えます。"
    : "ポリシーの全体では Version、Id、Statement を使えます。";
}

/** What the policy's grammar forbids, in Japanese, with the place in the policy. */
export const grammarIssueJa: IssueMessages["policy.grammar"] = (params, context) => {
  const { path, problem, value, suggestion } = params;
  const { message, hint, example } = problems[problem];
  const what = value === undefined ? message : `${elementOf(path)} の${quoteJa(value)}は使えません。`;
  const meant = suggestion === undefined ? undefined : `${suggestion} の入力誤りではありませんか。`;
  return {
    message: `${placeJa(context)}${placeInPolicy(params)}: ${what}`,
    hint: problem === "unknown-element" ? (meant ?? `${hint}${elementsAllowed(path)}`) : hint,
    example: example ?? (isInStatement(path) ? statementExample : versionExample),
  };
};

/** The line, and the element where the message does not name it. */
function placeInPolicy({ path, problem, line }: IssueParams["policy.grammar"]): string {
  const place = line === undefined ? "" : `の${line}行目`;
  if (problem !== "unknown-element" && problems[problem].message.includes(path)) return place;
  const number = statementNumber(path);
  const ordinal = number === undefined ? "" : `（${number}番目のステートメント）`;
  return `${place === "" ? "の " : `${place}、`}${path === "" ? '""' : showValue(path)}${ordinal}`;
}
