import { characterOf } from "./character-kinds.ts";
import { hiddenCharacterJa, scriptJa } from "./characters-ja.ts";
import type { IssueMessages } from "./issue-messages.ts";
import { latinExample, otherSetName, requiredExample, visibleExample } from "./issues-examples.ts";
import { assignmentIssuesJa } from "./issues-ja-assignments.ts";
import { policyIssuesJa } from "./issues-ja-policies.ts";
import { policyJsonIssuesJa } from "./issues-ja-policy-json.ts";
import { periodIssuesJa } from "./issues-period.ts";
import { targetIssuesJa } from "./issues-targets.ts";
import { accountsJa, deniedJa, placeJa, quoteAllJa, quoteJa, restCarriedOutJa } from "./phrases-ja.ts";
import { showValue } from "./show-value.ts";

/** What kintone's form settings call the field types that cannot be read as text. */
const fieldTypes: Readonly<Record<string, string>> = {
  CALC: "計算",
  CHECK_BOX: "チェックボックス",
  FILE: "添付ファイル",
  GROUP_SELECT: "グループ選択",
  MULTI_SELECT: "複数選択",
  ORGANIZATION_SELECT: "組織選択",
  RICH_TEXT: "リッチエディター",
  USER_SELECT: "ユーザー選択",
};

const setNameRule =
  "半角の英数字と記号（+ = , . _ - とアットマーク）だけを使い、32文字以内で入力してください。日本語やスペースは使えません。";
const durationExample = "8（8時間）";

/** Every issue in Japanese. */
export const issuesJa: IssueMessages = {
  "field.required": (_, context) => ({
    message: `${placeJa(context)}が${context.input === "text" ? "入力" : "選択"}されていません。`,
    hint: context.input === "text" ? "入力して保存してください。" : "選択して保存してください。",
    ...requiredExample(context),
  }),
  "field.unreadable": ({ type }, context) =>
    type === "SUBTABLE"
      ? {
          message: `${placeJa(context)}のテーブルを読み取れません。`,
          hint: "テーブルの中の文字列、選択肢、ユーザー選択のフィールドを1つだけにするよう、アプリの管理者に依頼してください。",
        }
      : {
          message: `${placeJa(context)}は、対応していない種類のフィールドです（${fieldTypes[type] ?? type}）。`,
          hint: "入力内容の問題ではありません。このフィールドを文字列（1行）などに変更するよう、アプリの管理者に連絡してください。",
        },
  "field.too-long": ({ length, limit }, context) => ({
    message: `${placeJa(context)}の値が長すぎます（${length}文字）。`,
    hint: `1つの値を${limit}文字以内で入力してください。`,
  }),
  "text.invisible-character": ({ column, character, value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}の${column}文字目に、使えない文字（${hiddenCharacterJa(characterOf(character))}、${character}）があります。`,
    hint: "画面には表示されないことがあります。値をいったんすべて消し、貼り付けずに入力し直してください。",
    ...visibleExample(value),
  }),
  "text.look-alike-character": ({ column, character, value }, context) => {
    const letter = characterOf(character);
    return {
      message: `${placeJa(context)}の${quoteJa(value)}の${column}文字目の${quoteJa(letter)}は、半角英字に似た${scriptJa(letter)}（${character}）です。`,
      hint: "この文字を半角英字で入力し直してください。",
      ...latinExample(value),
    };
  },
  "permission-set.name-invalid": ({ name }, context) => ({
    message: `${placeJa(context)}の${quoteJa(name)}に、許可セットの名前に使えない文字があります。`,
    hint: setNameRule,
    example: "DatabaseAdmin",
  }),
  "permission-set.name-too-long": ({ name, length }, context) => ({
    message: `${placeJa(context)}の${quoteJa(name)}は、許可セットの名前として長すぎます（${length}文字）。`,
    hint: "32文字以内で入力してください。",
    example: "DatabaseAdmin",
  }),
  "permission-set.name-conflict": ({ name, otherRecords }, context) => ({
    message: [
      `${placeJa(context)}の${quoteJa(name)}は、内容の異なる別のレコードでも使われています。`,
      ...otherRecords.map((record) => context.permissionSetRecordUrl(record)),
    ].join("\n"),
    hint: "許可セット1つにつきレコードを1件だけにしてください。正しいレコードを残し、ほかのレコードは名前を変えるか削除してください。",
    example: otherSetName(name),
  }),
  "permission-set.not-managed": ({ name }, context) => ({
    message: `${placeJa(context)}の${quoteJa(name)}は、このアプリで管理していないAWSの許可セットがすでに使っている名前です。`,
    hint: "別の名前を入力してください。AWSにある許可セットをこのアプリで管理したい場合は、引き継げるかどうかを管理者に確認してください。",
    example: otherSetName(name),
  }),
  "permission-set.name-in-use": ({ name, otherRecord }, context) => ({
    message: `${placeJa(context)}の${quoteJa(name)}は、名前を変更した別のレコードの許可セットがまだ使っています。\n${context.permissionSetRecordUrl(otherRecord)}`,
    hint: `名前の変更がAWSに反映されるまで待つか、別の名前を入力してください。${quoteJa(name)}を指定した割り当てのレコードが残っている間は、この名前は空きません。`,
    example: otherSetName(name),
  }),
  "permission-set.name-still-meant": ({ name, assignmentRecords }, context) => ({
    message: `${placeJa(context)}の${quoteJa(name)}は、削除された別のレコードが定義していた許可セットの名前で、このレコードの定義と異なります。次の割り当てのレコードは、まだ以前の許可セットを指しています: ${assignmentRecords.join("、")}`,
    hint: "これらのレコードで許可セットを選び直してもらうか、このレコードを別の名前にするか、以前と同じ定義にしてください。",
    example: otherSetName(name),
  }),
  "permission-set.denied-by-guardrail": ({ name, rule, accounts, principals }, context) => ({
    message: `このレコードのとおりにすると、${placeJa(context)}の${quoteJa(name)}を持つ人が管理者になれます。${accountsJa(accounts, context)}でこれを割り当てられている${quoteAllJa(principals)}については、${deniedJa(rule)}。`,
    hint: "解決するまで、AWSの許可セットは今のまま変わりません。強すぎるポリシーを外すか、管理者用の許可セットを別に作成してください。このアクセス権が必要な場合は、理由を添えて管理者に相談してください。",
  }),
  "session-duration.invalid": ({ value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}を、時間として読み取れません。`,
    hint: "数字だけを入力してください（8時間なら 8）。空にすると1時間になります。",
    example: durationExample,
  }),
  "session-duration.out-of-range": ({ value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}は指定できません（AWSの下限は1時間、上限は12時間です）。`,
    hint: "1〜12時間で指定してください。空にすると1時間になります。",
    example: durationExample,
  }),
  "relay-state.invalid": ({ value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}は、最初に開くページのURLとして使えません。`,
    hint: "https:// で始まるAWSコンソールのURLを、半角で240文字以内で入力してください。",
    example: "https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home",
  }),
  "entry.ambiguous": ({ value, parts, isGone }, context) => ({
    message: isGone
      ? `${placeJa(context)}の${quoteJa(value)}は、今はない1つの名前だった可能性があるため、${quoteAllJa(parts)}を並べたものとしては扱いません。`
      : `${placeJa(context)}の${quoteJa(value)}は、1つの名前とも、${quoteAllJa(parts)}を並べたものとも読めます。`,
    hint: `並べたものなら、1行に1つずつ入力してください。1つの名前なら、半角の " で囲んでください。`,
    example: `"${showValue(value)}"`,
  }),
  "permission-set.no-policies": ({ name }, context) => ({
    message: `許可セット${quoteJa(name)}には、ポリシーが1つも指定されていません。${placeJa(context)}も、ほかのポリシーのフィールドも空です。`,
    hint: `このままでは、割り当てられた人は何もできません。必要なポリシーを指定してください。${restCarriedOutJa}`,
    example: "ReadOnlyAccess",
  }),
  ...policyIssuesJa,
  ...policyJsonIssuesJa,
  ...assignmentIssuesJa,
  ...periodIssuesJa,
  ...targetIssuesJa,
};
