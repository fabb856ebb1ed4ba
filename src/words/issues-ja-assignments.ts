import type { IssueContext, IssueMessages, IssueText, IssueAdvice } from "./issue-messages.ts";
import { firstOr, saysNothing, userExample } from "./issues-examples.ts";
import {
  accountsJa,
  deniedJa,
  leaveEmptyJa,
  placeJa,
  quoteAllJa,
  quoteJa,
  restCarriedOutJa,
  suggestJa,
} from "./phrases-ja.ts";
import { showValue } from "./show-value.ts";

const accountStates: Readonly<Record<string, string>> = {
  PENDING_ACTIVATION: "有効化待ち",
  SUSPENDED: "停止中",
  PENDING_CLOSURE: "閉鎖の手続き中",
  CLOSED: "閉鎖済み",
  UNKNOWN: "不明",
};

function waitedJa(minutes: number): string {
  return minutes < 1 ? "" : `レコードの最終更新から${durationJa(minutes)}が過ぎましたが、`;
}

function durationJa(minutes: number): string {
  if (minutes < 120) return `${minutes}分`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours}時間` : `${Math.floor(hours / 24)}日`;
}

function accountHintJa(value: string): string {
  if (!/^\d+$/u.test(value) || value.length === 12) {
    return "12桁のアカウントIDか、アカウント名を正確に入力してください。大文字と小文字は区別されます。";
  }
  return `アカウントIDは12桁です（入力された値は${value.length}桁）。先頭の0が抜けていないか確認してください。`;
}

function choiceHintJa(what: string): string {
  return `この選択肢に当たる${what}がありません。別の選択肢を選ぶか、選択肢の修正をアプリの管理者に依頼してください。`;
}

function typedUserUnknownJa(value: string, waitedMinutes: number, context: IssueContext): IssueText {
  return {
    message: `${waitedJa(waitedMinutes)}${placeJa(context)}の${quoteJa(value)}がIAM Identity Centerに見つかりません。`,
    hint: [
      "次の点を確認してください。",
      "・ログイン名のつづりに誤りがないか",
      "・Entra IDからの同期が済んでいるか（最長40分ほどかかります）",
      "・退職や異動などで、ユーザーが無効になっていないか",
      `割り当てる必要がないユーザーは、${placeJa(context)}から外してください。`,
    ].join("\n"),
    example: userExample(value),
  };
}

function unknownGroupHintJa(
  value: string,
  suggestions: readonly string[],
  { input }: IssueContext,
): IssueAdvice {
  if (saysNothing(value)) return { hint: leaveEmptyJa };
  if (input === "choice") return { hint: choiceHintJa("グループ") };
  if (value.includes("@")) {
    return {
      hint: "メールアドレスのようです。人は「ユーザー」のフィールドに入力し、ここにはグループ名だけを入力してください。",
      example: firstOr(suggestions, "Sales-Developers"),
    };
  }
  return {
    hint: suggestJa(
      suggestions,
      "グループの表示名を正確に入力してください。作成したばかりのグループは、Entra IDからの同期が済むまで待ってください。",
    ),
    example: firstOr(suggestions, "Sales-Developers"),
  };
}

/** Issues of assignment records in Japanese. */
export const assignmentIssuesJa = {
  "assignment.permission-set-unknown": ({ name, suggestions }, context) => ({
    message: `${placeJa(context)}の${quoteJa(name)}という許可セットが見つかりません。`,
    ...(context.input === "choice"
      ? { hint: choiceHintJa("許可セット") }
      : {
          hint: suggestJa(suggestions, "許可セットのアプリに登録されている名前を指定してください。"),
          example: firstOr(suggestions, "ReadOnly"),
        }),
  }),
  "assignment.permission-set-not-approved": ({ name, otherRecord }, context) => ({
    message: `${placeJa(context)}の${quoteJa(name)}は、許可セットのレコードがまだ承認されていないため、割り当てできません。\n${context.permissionSetRecordUrl(otherRecord)}`,
    hint: "許可セットのレコードが承認されると、自動的に割り当てます。別の許可セットを選ぶつもりだった場合を除き、あなたの操作は不要です。",
  }),
  "assignment.permission-set-held": ({ name, otherRecord, isPending }, context) => ({
    message: `${placeJa(context)}の${quoteJa(name)}は、許可セットのレコード${isPending === true ? "が承認待ちの" : "に問題がある"}ため、新しい割り当てを保留しています。\n${context.permissionSetRecordUrl(otherRecord)}`,
    hint: `許可セットのレコードが${isPending === true ? "承認" : "修正"}されると、自動的に割り当てます。あなたの操作は不要です。これまでの割り当てはそのまま残ります。${restCarriedOutJa}`,
  }),
  "assignment.permission-set-renamed": ({ name, newName }, context) => ({
    message: `${placeJa(context)}の${quoteJa(name)}は、${quoteJa(newName)}に名前が変わっています。`,
    hint: `${quoteJa(newName)}に変更してください（ルックアップの場合は、もう一度取得してください）。今のままでも${quoteJa(newName)}として有効です。お手すきのときに更新してください。${restCarriedOutJa}`,
    example: showValue(newName),
  }),
  "assignment.permission-set-unclear": ({ name, records }, context) => ({
    message: `${placeJa(context)}の${quoteJa(name)}は、複数の許可セットの名前として使われたことがあり、どれを指すのか判断できません。\n${records.map(context.permissionSetRecordUrl).join("\n")}`,
    hint: "許可セットを選び直して（ルックアップの場合は、もう一度取得して）、レコードを保存してください。それまでは、これまでに付与したアクセス権をそのまま残します。",
  }),
  "assignment.denied-by-guardrail": ({ name, rule, accounts, principals }, context) => ({
    message: `${placeJa(context)}の${quoteJa(name)}を、${accountsJa(accounts, context)}で${quoteAllJa(principals)}に割り当てることは、${deniedJa(rule)}。`,
    hint: `該当するユーザー、グループ、アカウントをこのレコードから外すか、別の許可セットを指定してください。このアクセス権が必要な場合は、理由を添えて管理者に相談してください。${restCarriedOutJa}`,
  }),
  "assignment.no-principals": (_, context) => ({
    message: `${placeJa(context)}が空で、割り当てる相手のユーザーもグループも指定されていません。`,
    hint: "ユーザーまたはグループを少なくとも1つ指定してください。割り当てをやめる場合は、このレコードを削除してください。",
    ...(context.input === "people"
      ? {}
      : { example: "taro.yamada（ユーザー）、Sales-Developers（グループ）" }),
  }),
  "assignment.too-many-groups": ({ name, account, count, limit }, context) => ({
    message: `${placeJa(context)}に指定したグループが多すぎます。許可セット${quoteJa(name)}をアカウント${quoteJa(account)}に割り当てるグループは、すべてのレコードを合わせて${count}個あります。AWSの上限は${limit}個です。`,
    hint: `合わせて${limit}個以内になるように、グループを減らしてください。複数のグループを1つにまとめる場合は、管理者に依頼してください。`,
  }),
  "account.unknown": ({ value, suggestions }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}というAWSアカウントが見つかりません。`,
    ...(context.input === "choice"
      ? { hint: choiceHintJa("AWSアカウント") }
      : { hint: suggestJa(suggestions, accountHintJa(value)), example: "123456789012" }),
  }),
  "account.ambiguous": ({ value, ids }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}という名前のAWSアカウントが複数あります（${quoteAllJa(ids)}）。`,
    ...(context.input === "choice"
      ? { hint: "選択肢を12桁のアカウントIDにするよう、アプリの管理者に依頼してください。" }
      : { hint: "名前の代わりに、12桁のアカウントIDを入力してください。", example: "123456789012" }),
  }),
  "account.not-active": ({ value, state }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}というAWSアカウントは、有効ではありません（状態: ${accountStates[state] ?? state}）。`,
    hint: `使わなくなったアカウントは${placeJa(context)}から外してください。有効になるまで、このアカウントの割り当ては変更しません。${restCarriedOutJa}`,
  }),
  "account.management": ({ value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}は、組織の管理アカウントです。`,
    hint: `管理アカウントの割り当ては管理者がTerraformで管理しているため、ここでは変更しません。必要な場合は管理者に連絡してください。${restCarriedOutJa}`,
  }),
  "account.holds-keys": ({ value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}は、この同期を実行しているアカウントか、そのメモリを置いているアカウントです。`,
    hint: `アクセス権があると同期そのものを変更できるため、このアカウントの割り当ては変更しません。必要な場合は管理者に連絡してください。${restCarriedOutJa}`,
  }),
  "account.protected": ({ value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}は、保護されているAWSアカウントです。`,
    hint: `このアカウントの割り当ては変更しません。必要な場合は管理者に連絡してください。${restCarriedOutJa}`,
  }),
  "user.unknown": ({ value, waitedMinutes }, context) => {
    if (context.input === "people") {
      return {
        message: `${waitedJa(waitedMinutes)}${placeJa(context)}の${quoteJa(value)}さんは、AWSのユーザーとしてまだ登録されていません。`,
        hint: `入社や異動の直後なら、登録されるまで最長40分ほどお待ちください。退職や異動をした人なら、${placeJa(context)}から外してください。心当たりがなければ、管理者に連絡してください。`,
      };
    }
    return typedUserUnknownJa(value, waitedMinutes, context);
  },
  "user.ambiguous": ({ value, matches }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}に当てはまるユーザーが、IAM Identity Centerに複数います（${quoteAllJa(matches)}）。`,
    hint: `重複を解消するように管理者に依頼するか、このユーザーを${placeJa(context)}から外してください。`,
  }),
  "user.disabled": ({ value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}は、IAM Identity Centerで無効になっているユーザーです。`,
    hint: `割り当てる必要がない場合は${placeJa(context)}から外してください。必要な場合は、ユーザーを有効にするよう管理者に依頼してください。${restCarriedOutJa}`,
  }),
  "user.gone": ({ value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}は、IAM Identity Centerから削除されたユーザーです。`,
    hint: `${placeJa(context)}から外してください。${restCarriedOutJa}`,
  }),
  "user.changed": ({ value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}は、このレコードを最後に保存した後に、別のユーザーの名前になりました。今のところ、その人には何も付与しません。`,
    hint: `今その名前を使っている人に付与する場合は、レコードをもう一度保存してください。そうでない場合は、${placeJa(context)}から外してください。${restCarriedOutJa}`,
  }),
  "user.renamed": ({ value, newName }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}は、IAM Identity Centerで${quoteJa(newName)}という名前に変わりました。`,
    hint: `${quoteJa(newName)}として選び直すか、入力し直してください。それまで、このレコードで付与したものは変わりません。`,
    example: newName,
  }),
  "group.unknown": ({ value, suggestions }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}というグループが、IAM Identity Centerに見つかりません。`,
    ...unknownGroupHintJa(value, suggestions, context),
  }),
  "group.ambiguous": ({ value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}という名前のグループが、IAM Identity Centerに複数あります。`,
    hint: "同じ名前のグループが1つだけになるように、管理者に依頼してください。",
  }),
  "group.gone": ({ value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}は、IAM Identity Centerから削除されたグループです。`,
    hint: `${placeJa(context)}から外してください。${restCarriedOutJa}`,
  }),
  "group.changed": ({ value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}は、このレコードを最後に保存した後に、別のグループの名前になりました。今のところ、そのグループには何も付与しません。`,
    hint: `今その名前のグループに付与する場合は、レコードをもう一度保存してください。そうでない場合は、${placeJa(context)}から外してください。${restCarriedOutJa}`,
  }),
  "group.renamed": ({ value, newName }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}というグループは、IAM Identity Centerで${quoteJa(newName)}という名前に変わりました。`,
    hint: `${quoteJa(newName)}と入力し直してください。それまで、このレコードで付与したものは変わりません。`,
    example: newName,
  }),
  "principal.protected": ({ value }, context) => ({
    message: `${placeJa(context)}の${quoteJa(value)}は、保護されているユーザーまたはグループです。`,
    hint: `このユーザーまたはグループの割り当ては変更しません。必要な場合は管理者に連絡してください。${restCarriedOutJa}`,
  }),
} satisfies Partial<IssueMessages>;
