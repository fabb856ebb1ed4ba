import type { Language } from "../model/config.ts";

interface TerraformTexts {
  readonly header: (accounts: readonly string[]) => string;
  readonly empty: (accounts: readonly string[]) => string;
  readonly record: (id: string, url: string) => string;
  readonly kept: string;
  readonly written: (file: string, assignments: number, imports: number) => string;
  readonly unlisted: (count: number) => string;
  readonly keptCount: (count: number) => string;
}

/** `1 assignment`, `2 assignments`. */
function count(number: number, one: string): string {
  return `${number} ${number === 1 ? one : `${one}s`}`;
}

const texts: Readonly<Record<Language, TerraformTexts>> = {
  en: {
    header: (accounts) =>
      [
        `Assignments in ${accounts.join(", ")}, from the records in kintone: the management account, and the sync's own.`,
        "Written by `kintone-sso-sync terraform`: write it anew rather than editing it.",
        "Apply it in the management account; it needs Terraform 1.5 or later, for the import blocks.",
        "Once a permission set is provisioned in the management account, only that account can change the set,",
        "so give the management account permission sets of its own, and best the sync's own account too.",
      ].join("\n"),
    empty: (accounts) =>
      `No record asks for an assignment in the management account or the sync's own (${accounts.join(", ")}).`,
    record: (id, url) => `kintone record ${id}: ${url}`,
    kept: "It exists, and its record has an issue: it stays as it is until the record is mended.",
    written: (file, assignments, imports) =>
      `${file}: ${count(assignments, "assignment")}, ${
        imports === 0
          ? "none of which exists yet"
          : `of which ${imports} ${imports === 1 ? "exists already and is" : "exist already and are"} imported`
      }.`,
    unlisted: (assignments) =>
      `No record asks for ${count(assignments, "existing assignment")} of managed permission sets, which ${assignments === 1 ? "is" : "are"} left out: Terraform neither knows nor removes ${assignments === 1 ? "it" : "them"}.`,
    keptCount: (assignments) =>
      assignments === 1
        ? "1 existing assignment stays in the file because its record has an issue. Mend the record, then write the file anew."
        : `${assignments} existing assignments stay in the file because their records have issues. Mend the records, then write the file anew.`,
  },
  ja: {
    header: (accounts) =>
      [
        `管理アカウントと同期を実行するアカウントなど（${accounts.join("、")}）の割り当て（kintoneのレコードから作成）。`,
        "`kintone-sso-sync terraform` が書き出したファイルです。編集せず、書き出し直してください。",
        "管理アカウントで適用します。importブロックを使うため、Terraform 1.5以降が必要です。",
        "管理アカウントにプロビジョニングした許可セットは、以後、管理アカウントからしか変更できなくなります。",
        "管理アカウントには専用の許可セットを使ってください。同期を実行するアカウントにもお勧めします。",
      ].join("\n"),
    empty: (accounts) =>
      `管理アカウントと同期を実行するアカウントなど（${accounts.join("、")}）への割り当てを求めるレコードはありません。`,
    record: (id, url) => `kintoneのレコード ${id}: ${url}`,
    kept: "すでに存在し、レコードに問題があります。レコードが直るまで、このまま残します。",
    written: (file, assignments, imports) =>
      `${file}: 割り当て${assignments}件（うち既存でインポートするもの${imports}件）`,
    unlisted: (count) =>
      `管理対象の許可セットの既存の割り当てのうち${count}件は、どのレコードにもないため書き出していません。Terraformの対象にならず、削除もされません。`,
    keptCount: (count) =>
      `レコードに問題があるため、既存の割り当て${count}件をそのままファイルに残しました。レコードを直してから書き出し直してください。`,
  },
};

/** What `terraform` says, in its file and about it. */
export function terraformTexts(language: Language): TerraformTexts {
  return texts[language];
}
