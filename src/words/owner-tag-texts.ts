import type { Language } from "../model/config.ts";

interface OwnerTagTexts {
  readonly title: (sets: number) => string;
  readonly about: string;
  readonly over: string;
}

const texts: Readonly<Record<Language, OwnerTagTexts>> = {
  en: {
    title: (sets) =>
      `kintone-sso-sync: ${sets} ${sets === 1 ? "permission set that is ours has" : "permission sets that are ours have"} no owner tag of ours any more`,
    about:
      "Nothing is granted or removed with them until the tag is back; then all goes on by itself. Find out in CloudTrail who called UntagResource or TagResource. kintone-sso-sync adopt NAME puts a missing tag back. A set whose tag names somebody else in two passes is given up.",
    over: "kintone-sso-sync: no permission set of ours lacks its owner tag any more, but those that were given up",
  },
  ja: {
    title: (sets) =>
      `kintone-sso-sync: このサービスが管理している${sets}件の許可セットに、このサービスの所有者のタグがありません`,
    about:
      "タグが戻るまで、これらの許可セットでは何も付与、削除しません。戻れば自動的に再開します。CloudTrailでUntagResourceまたはTagResourceの実行者を確認してください。ないタグは kintone-sso-sync adopt 名前 で付け直せます。別の所有者のタグが2回続けて付いていた許可セットは、管理外になります。",
    over: "kintone-sso-sync: 管理外になったものを除き、所有者のタグがない許可セットはなくなりました",
  },
};

/** What is said of sets that are ours and do not say so. */
export function ownerTagTexts(language: Language): OwnerTagTexts {
  return texts[language];
}
