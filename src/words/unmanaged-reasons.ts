import type { Language } from "../model/config.ts";
import type { UnmanagedItem } from "../model/plan.ts";

/** Why something is left alone that is not managed here. */
export const unmanagedReasons: Readonly<Record<Language, Readonly<Record<UnmanagedItem["reason"], string>>>> =
  {
    en: {
      "not-ours": "not managed here",
      "tag-appeared": "somebody else has put our owner tag on it: not managed until it is adopted",
      "tags-copied": "has tags that were copied from another set: not managed",
      "owner-tag-missing":
        "was managed here, and its owner tag is missing: left as it is until the tag is back; `adopt` puts it back",
      "owner-changed":
        "was managed here, and its owner tag names somebody else: left as it is, and given up when the next pass finds it so too",
      "unlisted-assignment": "no record asks for it",
      "principal-deleted": "its user or group has been deleted from the directory",
    },
    ja: {
      "not-ours": "このサービスの管理外",
      "tag-appeared": "所有者のタグがこのサービス以外によって付けられたため、引き継ぐまでは管理外",
      "tags-copied": "ほかの許可セットからタグがコピーされているため管理外",
      "owner-tag-missing":
        "このサービスが管理していたが、所有者のタグがないため、タグが戻るまで変更しない（`adopt` で付け直せます）",
      "owner-changed":
        "このサービスが管理していたが、別の所有者のタグが付いているため変更しない。次の同期でも同じなら管理外にする",
      "unlisted-assignment": "どのレコードにもない割り当て",
      "principal-deleted": "ユーザーまたはグループがディレクトリから削除済み",
    },
  };
