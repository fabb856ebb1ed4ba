import type { Language } from "../model/config.ts";
import type { ReportedTarget } from "../model/run-report.ts";

interface KeyAccountTexts {
  readonly title: (assignments: number) => string;
  readonly note: (lines: readonly string[]) => string;
  readonly about: string;
  readonly over: string;
}

const aboutEn =
  "Who has access there could change the sync itself. An administrator removes it in Identity Center, or keeps it with kintone-sso-sync terraform; identityCenter.allowOwnAccount lets records give it.";
const aboutJa =
  "アクセス権があると同期そのものを変更できます。管理者がIdentity Centerで削除するか、kintone-sso-sync terraform で書き出して管理してください。レコードから付与する場合は identityCenter.allowOwnAccount を指定します。";

const texts: Readonly<Record<Language, KeyAccountTexts>> = {
  en: {
    title: (assignments) =>
      `kintone-sso-sync: ${assignments} ${assignments === 1 ? "assignment gives" : "assignments give"} access to the account that it runs in, or to one that holds its memory`,
    note: (lines) => `Access to the sync's own account, which is left alone: ${lines.join(", ")}. ${aboutEn}`,
    about: aboutEn,
    over: "kintone-sso-sync: no managed assignment gives access to its own account any more",
  },
  ja: {
    title: (assignments) =>
      `kintone-sso-sync: 同期を実行するアカウント、またはメモリを置くアカウントへの割り当てが${assignments}件あります`,
    note: (lines) =>
      `同期を実行するアカウントなどへのアクセス権があり、変更せずに残しています: ${lines.join("、")}。${aboutJa}`,
    about: aboutJa,
    over: "kintone-sso-sync: 同期を実行するアカウントなどへの割り当てはなくなりました",
  },
};

/** What is said of access to the accounts in which the sync itself could be changed. */
export function keyAccountTexts(language: Language): KeyAccountTexts {
  return texts[language];
}

/** Who has which permission set where, as one line. */
export function keyAccountLine({
  principal,
  permissionSet,
  account = "",
  accountName,
}: ReportedTarget): string {
  const holder = principal?.name ?? principal?.lastKnownName ?? principal?.id ?? "";
  const place = accountName === undefined ? account : `${accountName} (${account})`;
  return `${holder}: ${permissionSet}, ${place}`;
}
