import type { AcceptanceTexts } from "./acceptance-texts.ts";

/** What the acceptance says, in Japanese. */
export const acceptanceTextsJa: AcceptanceTexts = {
  headings: {
    measured:
      "次の項目を自動で確かめます。対象は1つのアカウントで、作成する許可セットはすべての操作を拒否します。",
    byHand:
      "次の項目は手作業で確かめます（手順: docs/ja/acceptance.md）。見たことを結果に書き添えてください。",
  },
  measured: {
    instance: "インスタンスからプライマリリージョンと状態を取得できる",
    "other-region": "別のリージョンにはインスタンスがない",
    accounts: "委任管理者が、アカウントの状態とOUのパスを取得できる",
    create: "許可セットをタグ付きで作成でき、すぐに読み取れる",
    assign: "ユーザーとグループに割り当てられる（ロールの新規作成時と、既存のロールの場合の所要時間）",
    "two-at-once": "同じアカウントで処理が進行中のとき、次の処理は拒否される",
    "ended-rows": "処理の一覧に、完了した処理も含まれる",
    "policy-text": "インラインポリシーを、書き込んだとおりに読み取れる",
    stale: "変更した許可セットは、プロビジョニングが終わるまで未反映と表示される（所要時間も計測）",
    attributes: "セッション時間だけを変更すると、説明は残り、リレー状態は消える",
    "refused-texts": "日本語の説明と33文字の名前は拒否される",
    "aws-policy-missing": "存在しないAWS管理ポリシーをアタッチでき、プロビジョニングで失敗する",
    "own-policy-missing": "アカウントにないカスタマー管理ポリシーをアタッチでき、プロビジョニングで失敗する",
    "policies-per-set": "1つの許可セットにアタッチできるAWS管理ポリシーの数",
    "last-assignment": "最後の割り当てがなくなると、ロールも削除される",
    "assignment-missing": "存在しない割り当ての削除が受け付けられる",
    "provision-never": "割り当てたことのないアカウントでも、プロビジョニングでロールが作成される",
    "unknown-token": "未知のAPIトークンに対するkintoneのエラーコード",
    comment:
      "コメントを書き込んでも、レコードのリビジョンと更新日時は変わらない。存在しない宛先は拒否される（--record を指定した場合）",
  },
  byHand: {
    "wrong-on-purpose":
      "運用環境に反映していないトークン、コメントの無効化、別のリージョンを、doctor が指摘する",
    lookups: "GetUserId を、UserName、userName、大文字と小文字を変えた名前で試す",
    "by-principal": "ListAccountAssignmentsForPrincipal を委任管理者で試す",
    outstanding: "16以上のアカウントへの割り当てを1回の同期で行い、何件目からAWSが拒否するかを見る",
    "two-full-syncs": "sync --full を2つ同時に実行し、読み取りの上限が別々か共通かを見る",
    portal: "サインイン中に割り当てを削除し、セッションがいつまで使えるかを見る",
    "record-deleted": "kintoneでレコードを削除し、次の plan に出る警告または削除を見る",
    leaver: "使用停止中のユーザーを宛先にしたコメント",
    "renamed-set": "許可セットの名前を変更し、ルックアップしているレコードの値を見る",
    schedule: "ワークフローの定期実行3回の遅れと、トークンのサブジェクト",
    killed: "適用中のジョブを中止し、次の同期の結果を見る",
    events: "変更がCloudTrailとEventBridgeのどこに記録されるか",
  },
  expected: (facts) => `想定: ${facts === "" ? "計測のみ" : facts}`,
  seen: (facts) => `結果: ${facts}`,
  notDone: "実施していません。",
  request: (id) => `リクエストID: ${id}`,
  subjectsMissing:
    "対象を指定してください。--account にはテストで書き込んでもよいアカウントの番号、--user にはIdentity Centerのユーザー名、--group にはグループ名を指定します。",
  refusals: {
    "account-unknown": "この番号のアカウントは組織にありません。",
    "account-not-active": "このアカウントは有効ではありません。",
    "management-account": "管理アカウントには書き込みません。ほかのアカウントを指定してください。",
    "key-account":
      "同期を実行しているアカウント、またはメモリを置いているアカウントには書き込みません。ほかのアカウントを指定してください。",
    "protected-account":
      "設定（protected.accounts）で保護されているアカウントです。ほかのアカウントを指定してください。",
    "user-unknown": "この名前のユーザーはIdentity Centerにいません。",
    "group-unknown": "この名前のグループはIdentity Centerにありません。",
  },
  confirm: (account) =>
    `アカウント${account}で以上を実施し、終了後に元に戻しますか。最長で30分ほどかかります。その間は同期を実行しないでください。[yes/no] `,
  nothingWritten: "何も書き込みませんでした。--yes を付けると実施し、終了後に元に戻します。",
  cleanedBefore: (sets) => `前回の実行で残っていた許可セット${sets}件を削除しました。`,
  left: (reason) =>
    `元に戻せなかったものがあります（${reason}）。同じコマンドをもう一度実行してください。最初に削除をやり直します。`,
  summary: (good, otherwise, notDone) =>
    `想定どおり${good}件、想定と異なる${otherwise}件、未実施${notDone}件。`,
  written: (file) =>
    `${file} に書き込みました。秘密情報や名前は含まず、IDはリクエストIDだけです。Issueに添えてお送りください。`,
};
