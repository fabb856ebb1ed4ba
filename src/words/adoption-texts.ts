import type { Language } from "../model/config.ts";

/** Why a set cannot be taken over; the keys are those that the plan gives. */
type Refusals = Readonly<
  Record<
    | "not-found"
    | "already-managed"
    | "other-owner"
    | "provisioned-in-management-account"
    | "protected-permission-set"
    | "no-record"
    | "record-has-issues",
    string
  >
>;

interface AdoptionTexts {
  readonly refusals: Refusals;
  readonly possible: string;
  readonly adopted: string;
  readonly failed: (reason: string) => string;
  /** Why the tags were not written: the next pass would not believe them. */
  readonly notProven: (reason: string) => string;
  readonly overtaken: string;
  /** Added where AWS refuses to have a set tagged. */
  readonly takeOverNeeded: string;
  readonly nextSync: string;
  readonly noChange: string;
  readonly uncovered: (count: number) => string;
  readonly refusedNext: (guards: string) => string;
  readonly nothingWritten: (command: string) => string;
  readonly nothingWrittenForRefusals: string;
}

const texts: Readonly<Record<Language, AdoptionTexts>> = {
  en: {
    refusals: {
      "not-found":
        "There is no permission set of that name in Identity Center. Check the spelling; letter case counts.",
      "already-managed": "It is managed already.",
      "other-owner":
        "It carries the owner tag of another deployment, which goes on managing it. Let that deployment give it up first.",
      "provisioned-in-management-account":
        "It is provisioned in the management account, and only that account can change it.",
      "protected-permission-set": "The configuration protects it (protected.permissionSets).",
      "no-record":
        "No record of this name exists, so it cannot be taken over (a set taken over without a record is deleted by the next sync). Enter a record first.",
      "record-has-issues":
        "The record that defines it has issues. `kintone-sso-sync plan` lists them; let them be mended first.",
    },
    possible: "can be taken over",
    adopted: "taken over",
    failed: (reason) => `not taken over: ${reason}`,
    notProven: (reason) =>
      `not taken over: the memory, which has to prove it to the next pass, cannot be written (${reason}). Use the service's memory, and what it is signed with.`,
    overtaken: "not taken over: passes keep writing the memory. Try again.",
    takeOverNeeded:
      "The role may take over sets only with TakeOver=true (take_over in the Terraform module); or use a role of your own.",
    nextSync: "What the next sync would then do:",
    noChange: "Nothing: the records already say what Identity Center has.",
    uncovered: (count) =>
      `Asked for by no record and to be removed: ${count}. To keep such assignments, enter them as records first.`,
    refusedNext: (guards) => `That sync would be refused by a guard (${guards}) until it is approved.`,
    nothingWritten: (command) => `Nothing was written. To take over: ${command}`,
    nothingWrittenForRefusals: "Nothing was written, because not every set can be taken over.",
  },
  ja: {
    refusals: {
      "not-found":
        "この名前の許可セットはIdentity Centerにありません。つづりを確認してください（大文字と小文字は区別されます）。",
      "already-managed": "すでに管理対象です。",
      "other-owner":
        "別の環境の所有者タグが付いており、その環境が管理しています。先にその環境での管理をやめてください。",
      "provisioned-in-management-account":
        "管理アカウントにプロビジョニングされているため、管理アカウントからしか変更できません。",
      "protected-permission-set": "設定（protected.permissionSets）で保護されています。",
      "no-record":
        "この名前のレコードがないため引き継げません（引き継ぐと、次回の同期で削除されます）。先にレコードを登録してください。",
      "record-has-issues":
        "この許可セットのレコードに問題があります。`kintone-sso-sync plan` で確認し、先に直してもらってください。",
    },
    possible: "引き継げます",
    adopted: "引き継ぎました",
    failed: (reason) => `引き継げませんでした: ${reason}`,
    notProven: (reason) =>
      `管理下に置きませんでした。次回の同期に対して証明をメモリに書き込めません（${reason}）。サービスと同じメモリと、同じ署名の鍵を使ってください。`,
    overtaken: "管理下に置きませんでした。同期がメモリを書き込み続けています。もう一度実行してください。",
    takeOverNeeded:
      "このロールで管理下に置くには、TakeOver=true（Terraformモジュールでは take_over）が必要です。ご自身のロールで実行することもできます。",
    nextSync: "引き継いだあと、次回の同期で行われること:",
    noChange: "変更はありません。レコードとIdentity Centerの内容は一致しています。",
    uncovered: (count) =>
      `どのレコードにもない割り当てが${count}件あり、削除されます。残す場合は、先にレコードに登録してください。`,
    refusedNext: (guards) => `この同期は、承認されるまでガード（${guards}）により中止されます。`,
    nothingWritten: (command) => `まだ何も書き込んでいません。引き継ぐには: ${command}`,
    nothingWrittenForRefusals: "引き継げない許可セットがあるため、何も書き込んでいません。",
  },
};

/** What `adopt` says. */
export function adoptionTexts(language: Language): AdoptionTexts {
  return texts[language];
}
