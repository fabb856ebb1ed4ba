import type { MadeAppKind } from "../model/made-app.ts";
import type { Language } from "../model/config.ts";

/** What people read in an app that `init` makes. */
export interface AppTexts {
  readonly name: string;
  readonly description: string;
  /** By field code. */
  readonly labels: Readonly<Record<string, string>>;
  /** What stands above a field, by its code. */
  readonly helps: Readonly<Record<string, string>>;
  /** Of the one field to choose in. */
  readonly options?: readonly string[];
  /** By the view's key. */
  readonly views: Readonly<Record<string, string>>;
  /** Of the notice before access ends. */
  readonly reminder?: (days: number) => string;
}

const texts: Readonly<Record<Language, Readonly<Record<MadeAppKind, AppTexts>>>> = {
  ja: {
    permissionSets: {
      name: "許可セット",
      description:
        "AWSの許可セットを定義するアプリです。1レコードが1つの許可セットになり、kintone-sso-syncがAWS IAM Identity Centerに反映します。内容に誤りがあると、レコードのコメントでお知らせします。",
      labels: {
        name: "許可セット名",
        description: "説明",
        session_duration: "セッション時間（時間）",
        relay_state: "リレー状態（最初に開くURL）",
        managed_policies: "AWS管理ポリシー",
        customer_managed_policies: "カスタマー管理ポリシー",
        permissions_boundary: "アクセス許可の境界",
        inline_policy: "インラインポリシー（JSON）",
        holders: "この許可セットの割り当て",
      },
      helps: {
        name: "英数字と + = , . @ - _ で32文字まで。例: ReadOnly",
        session_duration: "1から12までの時間数。例: 8",
        managed_policies: "1行に1つ、名前で指定します。例: ReadOnlyAccess",
        customer_managed_policies:
          "1行に1つ。使うアカウントすべてに、同じ名前のポリシーが必要です。例: /team/DenyBilling",
        inline_policy: "空欄でもかまいません。コピーするときは全角文字が混ざらないようにしてください。",
      },
      views: { all: "すべての許可セット", mine: "自分が登録した許可セット" },
    },
    assignments: {
      name: "割り当て",
      description:
        "だれに、どのAWSアカウントで、どの許可セットを使わせるかを登録するアプリです。ユーザーとグループ × アカウント × 許可セット1つを1レコードに登録します。kintone-sso-syncがAWS IAM Identity Centerに反映します。",
      labels: {
        permission_set: "許可セット",
        users: "ユーザー",
        groups: "グループ",
        group: "グループ",
        accounts: "AWSアカウント",
        account: "アカウントID",
        account_name: "アカウント名",
        starts: "利用開始",
        expires: "利用終了",
        note: "目的・備考",
      },
      helps: {
        permission_set: "「取得」から選びます。選択肢は許可セットのアプリにあるものです。",
        groups: "IAM Identity Centerのグループの表示名です。テキストの場合は1行に1つ指定します。",
        accounts: "1行に1アカウント。「取得」から名前やOUで探せます。",
        starts: "空欄の場合はすぐに有効になります。",
        expires: "この日時を過ぎると、割り当てを解除します。空欄の場合は期限がありません。",
      },
      views: {
        all: "すべての割り当て",
        mine: "自分が登録した割り当て",
        access: "自分のアクセス",
        "by-set": "許可セット順",
        "by-account": "アカウント別",
        "by-person": "ユーザー別",
        waiting: "開始待ち",
        ending: "終了が近い順",
      },
      reminder: (days) => `AWSへのアクセスが${days}日後に終了します`,
    },
    accounts: {
      name: "AWSアカウント",
      description:
        "組織のAWSアカウントの一覧です。kintone-sso-syncが最新の状態に保ちます。手で編集する必要はありません。閉鎖されたアカウントも残り、状態で区別できます。",
      labels: {
        account_id: "アカウントID",
        account_name: "アカウント名",
        path: "OUのパス",
        state: "状態",
        email_domain: "メールドメイン",
        note: "備考",
        holders: "このアカウントの割り当て",
      },
      helps: {},
      views: { active: "有効なアカウント", all: "すべてのアカウント" },
    },
    groups: {
      name: "AWSグループ",
      description:
        "IAM Identity Centerのグループの一覧です。kintone-sso-syncが最新の状態に保ちます。なくなったグループも残り、状態で区別できます。",
      labels: {
        group_name: "グループ名",
        group_id: "グループID",
        state: "状態",
        note: "備考",
        holders: "このグループの割り当て",
      },
      helps: {},
      views: { active: "使えるグループ", all: "すべてのグループ" },
    },
    reviews: {
      name: "アクセス権の棚卸し",
      description:
        "だれがどのAWSアカウントでどの許可セットを使えるかを、1件ずつ確認するアプリです。期限までに「判定」を選んでください。削除と判定しても、アクセス権はすぐには解除されません。もとのレコードを人が変更すると、次の同期で解除されます。",
      labels: {
        due: "期限",
        person: "ユーザー",
        display_name: "表示名",
        permission_set: "許可セット",
        account_name: "AWSアカウント",
        account_id: "アカウントID",
        class: "区分",
        via: "経由",
        managed_by: "由来",
        records: "レコード",
        owner: "確認者",
        decision: "判定",
        comment: "コメント",
        key: "キー",
      },
      helps: {
        decision:
          "維持、削除、確認（判断できない場合）のどれかを選びます。だれがいつ選んだかはkintoneが記録します。",
      },
      options: ["維持", "削除", "確認"],
      views: { mine: "自分の未判定", open: "未判定", all: "すべて" },
    },
  },
  en: {
    permissionSets: {
      name: "Permission sets",
      description:
        "Permission sets in AWS. One record is one permission set; kintone-sso-sync carries it over to AWS IAM Identity Center. What is wrong with a record is told in a comment on it.",
      labels: {
        name: "Name",
        description: "Description",
        session_duration: "Session duration (hours)",
        relay_state: "Relay state (first URL)",
        managed_policies: "AWS managed policies",
        customer_managed_policies: "Customer managed policies",
        permissions_boundary: "Permissions boundary",
        inline_policy: "Inline policy (JSON)",
        holders: "Assignments of this permission set",
      },
      helps: {
        name: "Up to 32 letters, digits and + = , . @ - _, such as ReadOnly",
        session_duration: "Hours from 1 to 12, such as 8",
        managed_policies: "One name a line, such as ReadOnlyAccess",
        customer_managed_policies:
          "One a line; every account it is used in needs a policy of that name. Such as /team/DenyBilling",
        inline_policy: "May stay empty.",
      },
      views: { all: "All permission sets", mine: "Permission sets that I added" },
    },
    assignments: {
      name: "Assignments",
      description:
        "Who may use which permission set in which AWS accounts: users and groups × accounts × one permission set in one record. kintone-sso-sync carries it over to AWS IAM Identity Center.",
      labels: {
        permission_set: "Permission set",
        users: "Users",
        groups: "Groups",
        group: "Group",
        accounts: "AWS accounts",
        account: "Account ID",
        account_name: "Account name",
        starts: "From",
        expires: "Until",
        note: "Purpose",
      },
      helps: {
        permission_set: "Look it up in the app of permission sets.",
        groups: "Display names of groups in IAM Identity Center; in a text field one a line.",
        accounts: "One account a row; look it up by name or organizational unit.",
        starts: "At once when empty.",
        expires: "The assignments are removed then; never when empty.",
      },
      views: {
        all: "All assignments",
        mine: "Assignments that I added",
        access: "My access",
        "by-set": "By permission set",
        "by-account": "By account",
        "by-person": "By person",
        waiting: "Beginning later",
        ending: "Ending next",
      },
      reminder: (days) => `Access to AWS ends in ${days} days`,
    },
    accounts: {
      name: "AWS accounts",
      description:
        "The AWS accounts of the organization, kept current by kintone-sso-sync; nobody has to edit them. Closed accounts stay, and their state says so.",
      labels: {
        account_id: "Account ID",
        account_name: "Account name",
        path: "Path of OUs",
        state: "State",
        email_domain: "E-mail domain",
        note: "Notes",
        holders: "Assignments in this account",
      },
      helps: {},
      views: { active: "Active accounts", all: "All accounts" },
    },
    groups: {
      name: "AWS groups",
      description:
        "The groups of IAM Identity Center, kept current by kintone-sso-sync. Groups that are gone stay, and their state says so.",
      labels: {
        group_name: "Group",
        group_id: "Group ID",
        state: "State",
        note: "Notes",
        holders: "Assignments of this group",
      },
      helps: {},
      views: { active: "Groups in use", all: "All groups" },
    },
    reviews: {
      name: "Access review",
      description:
        "Who may use which permission set in which AWS account, to be decided on line by line. Choose a decision by the due date. To choose “remove” takes nothing away: a person changes the record that asks for the access, and the next sync takes it away.",
      labels: {
        due: "Due",
        person: "Person",
        display_name: "Display name",
        permission_set: "Permission set",
        account_name: "AWS account",
        account_id: "Account ID",
        class: "Class",
        via: "Via",
        managed_by: "Asked for by",
        records: "Records",
        owner: "Owner",
        decision: "Decision",
        comment: "Comment",
        key: "Key",
      },
      helps: {
        decision: "keep, remove, or ask where you cannot tell. kintone keeps who chose it and when.",
      },
      options: ["keep", "remove", "ask"],
      views: { mine: "Mine to decide", open: "To decide", all: "All" },
    },
  },
};

/** The texts of an app that `init` makes. */
export function appTexts(language: Language, kind: MadeAppKind): AppTexts {
  return texts[language][kind];
}
