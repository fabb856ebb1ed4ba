import type { CheckTexts } from "./check-texts.ts";
import { classRulesTexts } from "./class-rules-texts.ts";
import { memoryTexts } from "./memory-texts.ts";
import { showValues } from "./show-value.ts";

const inApp = (app: number): string => `アプリ${app}の設定で、`;
const updateApp = "保存して「アプリを更新」をクリックしてください。";

/** What doctor says, in Japanese. */
const memoryPlaces =
  "ロールのテンプレートとTerraformモジュールが、記録用のバケットを作成します。出力 Memory の値（s3://…/memory.json）を、設定の memory または KINTONE_SSO_SYNC_MEMORY に指定してください。DockerとKubernetesでは、消えないボリュームのファイルも使えます。";

export const checkTextsJa: CheckTexts = {
  titles: {
    node: "Node.js",
    memory: "記録",
    guardrails: "ガードレール",
    "class-rules": "管理者の判定",
    token: "権限",
    gate: "承認",
    config: "設定",
    app: "アクセス",
    version: "新しいバージョン",
    fields: "フィールド",
    comments: "コメント",
    "key-field": "許可セット名のフィールド",
    records: "レコード",
    "aws-identity": "AWSのアカウントとロール",
    "aws-organization": "AWS Organizations",
    "aws-instance": "IAM Identity Center",
    "aws-reads": "読み取りの権限",
    "aws-writes": "書き込みの権限",
    "aws-analyzer": "IAM Access Analyzer",
    "slack-token": "Slackのトークン",
    "slack-scopes": "Slackのスコープ",
    "slack-channel": "Slackのチャンネル",
    "oidc-token": "CIジョブの信頼",
  },
  names: {
    users: "レコードのユーザー",
    groups: "レコードのグループ",
    accounts: "レコードのAWSアカウント",
    policies: "レコードのAWS管理ポリシー",
  },
  folded: {
    passed: (actions) => `読み取りの権限: 確認した${actions}件はすべて許可されています。`,
    skipped: (actions) => `ほかの${actions}件: 試すための許可セットがまだないため、確認していません。`,
    failed: (actions) => `${actions}件が拒否されています。`,
  },
  apps: { permissionSets: "許可セットのアプリ", assignments: "割り当てのアプリ" },
  after: (title) => `「${title}」に問題があるため、確認していません。`,
  next: {
    mend: "✗ の項目を直してから、もう一度実行してください。",
    import:
      "次は: kintone-sso-sync import（既存のアクセス権をレコードとして表示します）。kintoneで最初のレコードを登録してもかまいません。",
    plan: "次は: kintone-sso-sync plan（同期の内容を表示します。何も書き込みません）",
  },
  summary: (failed, skipped) =>
    `${failed === 0 ? "確認した項目に問題はありません" : `${failed}件の問題があります`}${skipped === 0 ? "" : `（未確認: ${skipped}件）`}。`,
  findings: {
    "version.new": ({ before, now, changes }) => {
      const message = `${now}（前回の同期は${before}）。`;
      if (changes === 0) return { message: `${message}計画に違いはありません。` };
      return {
        message,
        hint: `このバージョンだけが計画する変更が${changes}件あり、最初の同期で確認を求めます（終了コード3）。内容は kintone-sso-sync plan で確認できます。`,
      };
    },
    "config.valid": () => ({ message: "問題ありません。" }),
    "node.current": ({ version }) => ({ message: `${version}です。` }),
    "node.ends": ({ version }) => ({
      message: `${version}です。AWS SDKがNode.js 20のサポートを終了する2027年1月まで使えます。`,
      hint: "Node.js 24に移行してください（アクションとイメージは24です）。",
    }),
    "memory.none": () => ({
      message:
        "設定されていません。1日あたりの上限がなく、許可セットのタグの偽造に気づけず、承認が2回使われる可能性があります。",
      hint: memoryPlaces,
    }),
    "memory.nothing-yet": () => ({ message: "設定されていて、まだ空です。最初の同期で作られます。" }),
    "memory.lost": ({ loss }) => ({
      message: `保存されているものを使えません（${memoryTexts("ja").losses[loss]}）。`,
      hint: "次回の同期は記録なしで行い、書き込めれば新しく作ります。それまで1日あたりの上限は数え直しになります。S3の場合、ロールにはオブジェクトへの s3:GetObject と s3:PutObject、バケットへの s3:ListBucket が必要です（infra/）。",
    }),
    "memory.gone-after-the-job": () => ({
      message: "ジョブが終わると消えるマシンのファイルなので、毎回記録なしで同期することになります。",
      hint: memoryPlaces,
    }),
    "memory.own-key": () => ({ message: "設定されていて、KINTONE_SSO_SYNC_MEMORY_KEYで署名しています。" }),
    "memory.credentials": () => ({
      message:
        "設定されていて、kintoneの認証情報で署名しています。この認証情報はアプリの管理者も見られます。KINTONE_SSO_SYNC_MEMORY_KEYを指定すると、専用の鍵で署名します。",
    }),
    "app.readable": ({ app, name }) => ({ message: `アプリ${app}「${name}」を読み取れます。` }),
    "fields.usable": ({ app, count }) => ({
      message: `アプリ${app}に、設定した${count}個のフィールドがすべてあり、読み取れる種類です。`,
    }),
    "comments.on": ({ app }) => ({ message: `アプリ${app}で有効です。` }),
    "comments.off": ({ app }) => ({
      message: `アプリ${app}で無効になっているため、入力した人に誤りを伝えられません。`,
      hint: `${inApp(app)}「高度な設定」の「コメント機能を有効にする」にチェックを入れ、${updateApp}意図して無効にしている場合は、設定のcommentsをoffにしてください。`,
    }),
    "comments.unknown": ({ app }) => ({
      message: `アプリ${app}の設定をこのトークンでは読み取れず、試せるレコードもありません。`,
      hint: `${inApp(app)}「高度な設定」の「コメント機能を有効にする」にチェックが入っていることを確認してください。`,
    }),
    "comments.not-wanted": () => ({ message: "使用しません（comments: off）。" }),
    "name.unique": ({ code }) => ({ message: `「${code}」は、値の重複が禁止されています。` }),
    "name.not-unique": ({ app, code }) => ({
      message: `「${code}」は値の重複が許されています。2件のレコードが内容の異なる許可セットに同じ名前を付けると、両方が保留になります。`,
      hint: `${inApp(app)}フィールド「${code}」の「値の重複を禁止する」にチェックを入れ、${updateApp}`,
    }),
    "name.no-unique-type": ({ app, code }) => ({
      message: `「${code}」は、値の重複を禁止できない種類のフィールドです。2件のレコードが内容の異なる許可セットに同じ名前を付けるおそれがあります。`,
      hint: `アプリ${app}の名前には「文字列（1行）」のフィールドを使い、「値の重複を禁止する」にチェックを入れてください。`,
    }),
    "lookup.right": ({ code }) => ({
      message: `「${code}」は、許可セットのアプリの名前を参照するルックアップです。`,
    }),
    "lookup.none": ({ code }) => ({
      message: `「${code}」はルックアップではありません。名前は手で入力され、存在しない名前は入力した人に伝えます。`,
    }),
    "lookup.elsewhere": ({ app, code, found, wanted }) => ({
      message: `「${code}」は、${wanted}ではなく${found}を参照しています。`,
      hint: `${inApp(app)}フィールド「${code}」のコピー元を${wanted}に変更し、${updateApp}`,
    }),
    "gate.none": () => ({ message: "設定なし。絞り込みの条件でも代用していません。" }),
    "gate.closed": ({ code }) => ({ message: `「${code}」で判定します。登録者は編集できません。` }),
    "gate.open": ({ app, code }) => ({
      message: `レコードを編集できる人は「${code}」も編集できるため、自分で承認できてしまいます。`,
      hint: `プロセス管理のステータスを使ってください。または、アプリ${app}の設定の「フィールドのアクセス権」で、「${code}」を編集できる人を承認者だけにし、${updateApp}`,
    }),
    "gate.unseen": ({ app, code }) => ({
      message: `登録者が「${code}」を編集できるかどうか、ここでは確認できません。この認証情報では、フィールドのアクセス権を読み取れないためです。`,
      hint: `プロセス管理のステータスを使ってください。または、アプリ${app}の管理者のログイン名とパスワードで、doctorを一度実行してください。`,
    }),
    "gate.status-in-query": ({ key, code }) => ({
      message: `${key} の条件に、ステータスのフィールド「${code}」が使われています。条件から外れたレコードは削除と同じ扱いになり、アクセス権がすぐに失われます。`,
      hint: `条件から「${code}」を外し、承認された内容を残すゲート（gate）を設定してください。`,
    }),
    "guardrails.limit": () => ({ message: "レコードで管理者になれる人を制限しています。" }),
    "guardrails.open": () => ({
      message: "管理者権限のガードレールがないため、レコードを追加できる人はだれでも管理者になれます。",
      hint: "設定のguardrailsを指定してください（例: default: denyと、administratorClass: falseを許可する規則）。kintone-sso-sync initが書き出すものでもかまいません。",
    }),
    "class-rules.none": ({ number }) => ({
      message: `判定の番号は${number}です。そのために確認を待っている既存のアクセス権はありません。`,
    }),
    "class-rules.held": ({ number, accepted, sets }) => ({
      message: `判定の番号は${number}、承認済みの番号は${accepted}です。${classRulesTexts("ja").found(sets)}`,
      hint: classRulesTexts("ja").accept(number),
    }),
    "token.narrow": ({ app }) => ({ message: `アプリ${app}の設定は変更できません（これで正常です）。` }),
    "token.manages": ({ app }) => ({
      message: `アプリ${app}の設定とアクセス権まで変更できます。同期には不要です。`,
      hint: `${inApp(app)}「APIトークン」のチェックを「レコード閲覧」だけにし、${updateApp}パスワード認証の場合は、APIトークンに切り替えてください。`,
    }),
    "names.found": ({ of }) => ({
      message: of === 0 ? "まだありません。" : `${of}件すべてが見つかりました。`,
    }),
    "names.missing": ({ found, of, examples, userTemplate, userMatch, wouldFind }) => ({
      message: `${of}件のうち${found}件が見つかりました。見つからない例: ${showValues(examples, (text) => `「${text}」`).join("、")}`,
      ...(wouldFind === undefined
        ? {}
        : {
            hint: `principals.${userMatch === undefined ? `userTemplate: "${userTemplate ?? ""}"` : `userMatch: ${userMatch}`} なら${wouldFind}件が見つかります。`,
          }),
    }),
    "records.counted": ({ app, count }) => ({
      message: `アプリ${app}に${count}件あります。${count === 0 ? "レコードが1件もないアプリがある間は、何も削除しません。" : ""}`,
    }),
    "aws.caller": ({ account, arn }) => ({ message: `アカウント${account}、${arn}` }),
    "aws.caller-open": ({ account, arn }) => ({
      message: `アカウント${account}、${arn}。identityCenter.allowOwnAccountがtrueのため、同期そのものを変更できるこのアカウントへのアクセス権を、レコードから付与できます。`,
    }),
    "aws.organization": ({ managementAccount, accounts }) => ({
      message: `このアカウントから読み取れます。アカウント${accounts}個、管理アカウントは${managementAccount}です。`,
    }),
    "aws.instance": ({ instanceArn, region }) => ({
      message: `${instanceArn}、プライマリリージョンは${region}です。`,
    }),
    "aws.allowed": () => ({ message: "許可されています。" }),
    "aws.no-permission-set": () => ({ message: "試すための許可セットがまだないため、確認していません。" }),
    "aws.writes-untried": () => ({
      message: "影響なしに試せる呼び出しがないため、確認していません。",
      hint: "ロールのポリシーを docs/ja/aws-role.md と比べてください。書き込みが拒否されたときは、不足しているアクションを伝えます。",
    }),
    "aws.analyzer-unavailable": ({ reason }) => ({
      message: `利用できません（${reason}）。ポリシーは、AWSに送る前に検査されません。`,
      hint: "ロールにaccess-analyzer:ValidatePolicyを許可してください。許可済みの場合は、サービスコントロールポリシーで拒否されていないか確認してください。利用できなくても同期は続きます。",
    }),
    "slack.not-configured": () => ({ message: "使用しません（slack.channelの指定なし）。" }),
    "slack.token": ({ team, user }) => ({ message: `${team}の${user}です。` }),
    "slack.refused": ({ reason }) => ({
      message: `Slackに拒否されました（${reason}）。`,
      hint: "SLACK_BOT_TOKENに、api.slack.comのアプリの「OAuth & Permissions」にあるBot User OAuth Token（xoxb-…）を設定してください。応答がない場合は、ネットワークとプロキシを確認してください。",
    }),
    "slack.scopes": ({ scopes }) => ({ message: scopes }),
    "slack.scopes-missing": ({ missing }) => ({
      message: `不足しています: ${missing}`,
      hint: "api.slack.comのアプリの「OAuth & Permissions」でスコープを追加し、ワークスペースにアプリを再インストールしてください。",
    }),
    "slack.joined": ({ name }) => ({ message: `#${name}に、ボットが参加しています。` }),
    "slack.open": ({ name }) => ({
      message: `#${name}です。chat:write.publicにより、参加していなくても投稿できます。`,
    }),
    "slack.not-joined": ({ name }) => ({
      message: `#${name}に、ボットが参加していません。`,
      hint: `#${name}で「/invite ボット名」と入力して、ボットを招待してください。`,
    }),
    "slack.archived": ({ name }) => ({
      message: `#${name}はアーカイブされています。`,
      hint: "アーカイブを解除するか、slack.channel（SLACK_CHANNEL）に別のチャンネルを指定してください。",
    }),
    "slack.not-found": ({ channel }) => ({
      message: `チャンネル${channel}が、ボットから見つかりません。`,
      hint: "slack.channel（SLACK_CHANNEL）に、Slackのチャンネル詳細の一番下にあるチャンネルIDを指定してください。プライベートチャンネルは、ボットを招待するまで見えません。",
    }),
    "slack.unseen": () => ({
      message: "スコープchannels:read（プライベートチャンネルではgroups:read）がないため、確認していません。",
      hint: "ボットをチャンネルに招待してください。届くかどうかは、最初のメッセージでわかります。",
    }),
    "oidc.none": () => ({ message: "トークンを取得できるCIジョブの中ではないため、確認していません。" }),
    "oidc.token": ({ iss, sub, aud }) => ({ message: `iss ${iss}、sub ${sub}、aud ${aud}` }),
  },
};
