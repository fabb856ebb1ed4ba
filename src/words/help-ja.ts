/** What `--help` says, in Japanese, by what it says in English. */
export const helpJa: Readonly<Record<string, string>> = {
  "Keeps AWS IAM Identity Center in step with permission sets and assignments in kintone":
    "kintoneの許可セットと割り当てを、AWS IAM Identity Centerに反映し続ける",
  "output the version number": "バージョンを表示する",
  "display help for command": "ヘルプを表示する",
  "configuration file (default: kintone-sso-sync.yaml where there is one)":
    "設定ファイル（省略時は、あれば kintone-sso-sync.yaml）",
  "language of messages": "メッセージの言語",
  "what is logged on stderr": "標準エラー出力に記録するログのレベル",
  "how it is logged": "ログの形式",
  "no colours (NO_COLOR does the same)": "色を付けない（NO_COLOR でも同じ）",

  "make the apps in kintone and the files of a deployment, signed in as a person (KINTONE_USERNAME, KINTONE_PASSWORD); can be run again and goes on where it stopped":
    "個人のアカウント（KINTONE_USERNAME、KINTONE_PASSWORD）でkintoneにログインし、アプリと運用に必要なファイルを作成する。再実行すると、中断したところから続ける",
  "show what would be made and write nothing": "作成する内容を表示するだけで、何も書き込まない",
  "make it without asking": "確認せずに作成する",
  "make the apps in this space": "このスペースにアプリを作成する",
  "with an app of Identity Center's groups, which assignments look up":
    "割り当てから参照する、Identity Centerのグループのアプリも作成する",
  "code of the kintone group that may add permission sets (default: only you)":
    "許可セットを追加できるkintoneグループのコード（省略時は自分だけ）",
  "group in Identity Center whose members records may make administrators (default: nobody)":
    "レコードで管理者にしてよい人のIdentity Centerグループ（省略時はだれも不可）",
  "an app that exists already, which gets the fields that it lacks":
    "既存のアプリ。不足しているフィールドを追加する",
  "the same for the assignments": "同上（割り当てのアプリ）",
  "the same for the accounts": "同上（アカウントのアプリ）",
  "the same for the groups": "同上（グループのアプリ）",
  "with an app in which people decide on who has what (review start)":
    "アクセス権の棚卸しをするアプリも作成する（review start で使用）",
  "the same for the reviews": "同上（棚卸しのアプリ）",

  "read, validate, compare and print; writes nothing anywhere":
    "読み取り、検証、比較の結果を表示する。どこにも書き込まない",
  "exit with 2 when there are changes": "変更があれば終了コード2で終わる",
  "read all of Identity Center, whatever was read before":
    "以前に読み取った内容にかかわらず、Identity Centerをすべて読み取る",
  "print the run report as one JSON document": "実行レポートを1つのJSON文書として表示する",
  "exit with 4 when records have issues": "レコードに問題があれば終了コード4で終わる",
  "every name, every line and every operation of AWS": "すべての名前、行、AWSの操作を表示する",
  "write it as a page (.html) or as Markdown (.md) to this file, besides printing it":
    "表示する内容を、このファイルにもページ（.html）かMarkdown（.md）で書き出す",
  "one pass: plan, apply, tell": "1回の同期: 計画、適用、通知",
  "let exactly the refused changes with this code through, once; any others are judged anew":
    "中止された変更のうち、このコードのものだけを1回に限り適用する。ほかの変更は改めて判定する",
  "add one line of JSON for each change to this file, or to an object below s3://bucket/prefix/":
    "変更ごとに、JSONを1行ずつこのファイルに追記する。s3://バケット/プレフィックス/ を指定すると、その下のオブジェクトに残す",
  "carry out one half": "許可セットか割り当ての一方だけを適用する",
  "write without asking first; only a terminal asks":
    "確認せずに書き込む（確認を求めるのは端末で実行した場合だけ）",

  "take over existing permission sets that nobody manages: shows what that means, tags them with --yes":
    "だれも管理していない既存の許可セットを引き継ぐ。影響を表示し、--yes を付けるとタグを付ける",
  "names of permission sets": "許可セットの名前",
  "tag them; without it nothing is written": "タグを付ける。指定しなければ何も書き込まない",

  "who has what in every account, whoever gave it; reads everything and writes nothing":
    "すべてのアカウントについて、付与の経緯を問わず、だれが何をできるかを示す。すべてを読み取り、何も書き込まない",
  "only this person: user name, e-mail address or display name":
    "この人だけ（ユーザー名、メールアドレス、または表示名）",
  "only this AWS account": "このAWSアカウントだけ",
  "only this permission set": "この許可セットだけ",
  "only administrators": "管理者だけ",
  how: "形式",
  "a CSV with the columns person, account, permission_set and last_used (dates as ISO 8601), to show beside each access":
    "各アクセス権に並べて示す最終利用日のCSV（列は person、account、permission_set、last_used。日付はISO 8601）",
  "write the file instead of printing it": "表示せずに、このファイルへ書き出す",

  "have people look through who has what, line by line; takes nothing away itself":
    "だれが何をできるかを、人が1件ずつ確認する棚卸し。アクセス権を解除することはない",
  "one line for each access, in the kintone app of reviews or in a sheet that people fill in; run again it goes on":
    "アクセス権1件につき1行を、棚卸しのアプリか記入用のシートに作成する。再実行すると続きから作成する",
  "the day until which all is to be decided, e.g. 2026-12-31": "判定の期限（例: 2026-12-31）",
  "the file of the round (default: review-DATE.json)": "棚卸しのファイル（省略時は review-期限.json）",
  "how far the round is, and whose lines are open": "棚卸しの進み具合と、だれの行が未判定かを示す",
  "the file of the round": "棚卸しのファイル",
  "take over what people decided; lists the records to change, with drafts of comments":
    "判定を取り込み、変更するレコードとコメントの下書きを示す",
  "the audit of the syncs, for removals that were carried out (default: as configured)":
    "解除の確認に使う、同期の監査ファイル（省略時は設定のもの）",

  "what Identity Center has as the fewest records that mean just that, with the proof; --yes adds them to kintone and takes the sets over":
    "Identity Centerの現状を、同じ意味になる最小限のレコードにして、その証明とともに示す。--yes を付けると、kintoneに登録して許可セットを引き継ぐ",
  "write the records as files for kintone's import": "kintoneで読み込めるファイルとしてレコードを書き出す",
  "permission sets to import although records cannot say all of them":
    "レコードでは完全に表せなくても取り込む許可セット",
  "login names that kintone does not have": "kintoneにないログイン名",
  "add to apps that have other records": "ほかのレコードがあるアプリに追加する",
  "add the records and adopt the sets; without it nothing is written":
    "レコードを登録し、許可セットを引き継ぐ。指定しなければ何も書き込まない",

  "the management account's assignments as Terraform, with import blocks for those that exist":
    "管理アカウントの割り当てをTerraformの形で示す。既存のものには import ブロックを付ける",

  "look at everything a pass needs and say what to do. With --trust, print the role in AWS that a CI job needs. Writes nothing, except with --acceptance and --yes":
    "同期に必要なものをすべて点検し、不備があれば対処を示す。--trust を付けると、CIジョブに必要なAWSのロールを表示する。--acceptance と --yes を付けないかぎり、何も書き込まない",
  "print the role for this host's tokens: the subject and both policies; the options below belong to it":
    "このサービスのトークンに必要なロール（サブジェクトと2つのポリシー）を表示する。以下のオプションはこれに付ける",
  "print one JSON document": "1つのJSON文書として表示する",
  "say also which command comes next": "次に実行するコマンドも示す",
  "the role's account (default: identityCenter.expectedAccount); with --acceptance the one to write in":
    "ロールのアカウント（省略時は identityCenter.expectedAccount）。--acceptance では、書き込むアカウント",
  "the organization's management account": "組織の管理アカウント",
  "of IAM Identity Center (default: identityCenter.instanceArn)":
    "IAM Identity Centerのインスタンス（省略時は identityCenter.instanceArn）",
  "of the owner tag (default: owner in the configuration)": "所有者タグの値（省略時は設定の owner）",
  "customer managed key that encrypts the instance": "インスタンスを暗号化するカスタマー管理キー",
  "let the role take over permission sets that nobody owns, as adopt and import do":
    "所有者のない許可セットの引き継ぎ（adopt、import）もロールに許可する",
  "GitHub: the repository": "GitHub: リポジトリ",
  "GitHub: its id": "GitHub: リポジトリのID",
  "GitHub: its owner's id": "GitHub: リポジトリの所有者のID",
  "GitHub: the job's environment": "GitHub: ジョブの環境",
  "GitHub: the branch, of jobs without an environment (default: main)":
    "GitHub: 環境を使わないジョブのブランチ（省略時は main）",
  "Azure DevOps: the organization": "Azure DevOps: 組織",
  "Azure DevOps: its id": "Azure DevOps: 組織のID",
  "Azure DevOps: the project": "Azure DevOps: プロジェクト",
  "Azure DevOps: the service connection": "Azure DevOps: サービス接続",
  "try in one account of yours what only a real tenant can prove, and take it away again: with --account, --user and --group":
    "実際の環境でしか確かめられないことを1つのアカウントで試し、元に戻す（--account、--user、--group を指定）",
  "--acceptance: user name in Identity Center of whom a test may assign":
    "--acceptance: 試験で割り当ててよい人の、Identity Centerのユーザー名",
  "--acceptance: the same of a group": "--acceptance: 同上（グループ名）",
  "--acceptance: a record of the assignment app that may get comments, which are deleted again":
    "--acceptance: 試験でコメントしてよい割り当てのレコード（コメントは削除する）",
  "--acceptance: do it; without it nothing is written":
    "--acceptance: 実行する。指定しなければ何も書き込まない",
  "--acceptance: where the result goes (default: acceptance.json)":
    "--acceptance: 結果を書き出すファイル（省略時は acceptance.json）",

  "a pass at once, then on schedule and on demand; health, readiness and metrics over HTTP":
    "起動時に1回、以後はスケジュールと要求に応じて同期する。死活、準備状況、メトリクスをHTTPで提供する",
  "port to listen on, 0 for any free one (default: 8080)":
    "待ち受けるポート。0で空いているポート（省略時は8080）",
  "address to listen on; 0.0.0.0 for all (default: 127.0.0.1)":
    "待ち受けるアドレス。0.0.0.0 で全アドレス（省略時は127.0.0.1）",

  "three passes over a sample company in an embedded sandbox; no account needed":
    "組み込みのサンドボックスで、例の会社を3回同期する。アカウントは不要",
  "print passes, comments and Slack messages as one JSON document":
    "同期、コメント、Slackのメッセージを1つのJSON文書として表示する",
  "keep the company open for a browser afterwards, until Ctrl+C":
    "終わったあと、Ctrl+C までブラウザー用に会社を開いたままにする",
  "keep the embedded kintone, Identity Center and Slack up, with pages for a browser; prints the environment to use them":
    "組み込みのkintone、Identity Center、Slackを、ブラウザー用のページとともに起動したままにし、利用するための環境変数を表示する",
  "kintone's port; the next two are AWS's and Slack's": "kintoneのポート。続く2つはAWSとSlackが使う",
  "play what no description settles the other way; may be repeated (docs/beliefs.md has the names)":
    "どの文書からも決まらない動作を、もう一方に変える。繰り返し指定可（名前は docs/beliefs.md）",
  "how many times as fast as AWS (default: 1, with AWS's own quotas)":
    "AWSの何倍の速さにするか（省略時は1で、上限もAWSと同じ）",
};

/** What stands around it. */
export const helpPartsJa: Readonly<Record<string, string>> = {
  "Usage:": "使い方:",
  "Options:": "オプション:",
  "Commands:": "コマンド:",
  "Arguments:": "引数:",
};
