import { expect, it } from "vitest";

import { describeIssue } from "../../src/words/describe-issue.ts";
import {
  contextOf,
  grammarPaths,
  grammarProblems,
  layOut,
  sampleIssue,
  sampleIssues,
} from "./sample-issues.ts";

it("reads like this for every code", () => {
  const texts = sampleIssues.map((issue) => layOut(issue.code, describeIssue(issue, "ja", contextOf(issue))));
  expect(texts.join("\n\n")).toMatchInlineSnapshot(`
    "[field.required]
    「セット名」が入力されていません。
    -> 入力して保存してください。
    e.g. DatabaseAdmin

    [field.unreadable]
    「説明」は、対応していない種類のフィールドです（添付ファイル）。
    -> 入力内容の問題ではありません。このフィールドを文字列（1行）などに変更するよう、アプリの管理者に連絡してください。

    [field.too-long]
    「部署」の値が長すぎます（3000文字）。
    -> 1つの値を2048文字以内で入力してください。

    [entry.ambiguous]
    「部署」の「Sales, Tokyo」は、1つの名前とも、「Sales」「Tokyo」を並べたものとも読めます。
    -> 並べたものなら、1行に1つずつ入力してください。1つの名前なら、半角の " で囲んでください。
    e.g. "Sales, Tokyo"

    [text.invisible-character]
    「AWSアカウント」の「Sandbox[U+200B]」の8文字目に、使えない文字（ゼロ幅スペース、U+200B）があります。
    -> 画面には表示されないことがあります。値をいったんすべて消し、貼り付けずに入力し直してください。
    e.g. Sandbox

    [text.look-alike-character]
    「利用者」の「yаmada」の2文字目の「а」は、半角英字に似たキリル文字（U+0430）です。
    -> この文字を半角英字で入力し直してください。
    e.g. yamada

    [permission-set.name-invalid]
    「セット名」の「開発者 Admin」に、許可セットの名前に使えない文字があります。
    -> 半角の英数字と記号（+ = , . _ - とアットマーク）だけを使い、32文字以内で入力してください。日本語やスペースは使えません。
    e.g. DatabaseAdmin

    [permission-set.name-too-long]
    「セット名」の「DatabaseAdministratorOfTheSalesTeam」は、許可セットの名前として長すぎます（35文字）。
    -> 32文字以内で入力してください。
    e.g. DatabaseAdmin

    [permission-set.name-conflict]
    「セット名」の「Developer」は、内容の異なる別のレコードでも使われています。
    https://example.cybozu.com/k/10/show#record=12
    https://example.cybozu.com/k/10/show#record=40
    -> 許可セット1つにつきレコードを1件だけにしてください。正しいレコードを残し、ほかのレコードは名前を変えるか削除してください。
    e.g. Developer-2

    [permission-set.not-managed]
    「セット名」の「AdministratorAccess」は、このアプリで管理していないAWSの許可セットがすでに使っている名前です。
    -> 別の名前を入力してください。AWSにある許可セットをこのアプリで管理したい場合は、引き継げるかどうかを管理者に確認してください。
    e.g. AdministratorAccess-2

    [permission-set.name-still-meant]
    「セット名」の「Developer」は、削除された別のレコードが定義していた許可セットの名前で、このレコードの定義と異なります。次の割り当てのレコードは、まだ以前の許可セットを指しています: 3、4
    -> これらのレコードで許可セットを選び直してもらうか、このレコードを別の名前にするか、以前と同じ定義にしてください。
    e.g. Developer-2

    [permission-set.name-in-use]
    「セット名」の「Developer」は、名前を変更した別のレコードの許可セットがまだ使っています。
    https://example.cybozu.com/k/10/show#record=12
    -> 名前の変更がAWSに反映されるまで待つか、別の名前を入力してください。「Developer」を指定した割り当てのレコードが残っている間は、この名前は空きません。
    e.g. Developer-2

    [permission-set.denied-by-guardrail]
    このレコードのとおりにすると、「セット名」の「Developer」を持つ人が管理者になれます。AWSアカウント「Production (222222222222)」でこれを割り当てられている「taro.yamada@example.co.jp」「Sales-Developers」については、社内の利用ルール「no administrators in production」で認められていません。
    -> 解決するまで、AWSの許可セットは今のまま変わりません。強すぎるポリシーを外すか、管理者用の許可セットを別に作成してください。このアクセス権が必要な場合は、理由を添えて管理者に相談してください。

    [permission-set.no-policies]
    許可セット「DatabaseAdmin」には、ポリシーが1つも指定されていません。「AWSのポリシー」も、ほかのポリシーのフィールドも空です。
    -> このままでは、割り当てられた人は何もできません。必要なポリシーを指定してください。このレコードのほかの内容は反映します。
    e.g. ReadOnlyAccess

    [session-duration.invalid]
    「セッション時間」の「8じかん」を、時間として読み取れません。
    -> 数字だけを入力してください（8時間なら 8）。空にすると1時間になります。
    e.g. 8（8時間）

    [session-duration.out-of-range]
    「セッション時間」の「24」は指定できません（AWSの下限は1時間、上限は12時間です）。
    -> 1〜12時間で指定してください。空にすると1時間になります。
    e.g. 8（8時間）

    [relay-state.invalid]
    「最初のページ」の「http://console.aws.amazon.com/」は、最初に開くページのURLとして使えません。
    -> https:// で始まるAWSコンソールのURLを、半角で240文字以内で入力してください。
    e.g. https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home

    [policy.managed-not-found]
    「AWSのポリシー」の「ReadOnlyAcess」というAWS管理ポリシーが見つかりません。
    -> 「ReadOnlyAccess」「RDSReadOnlyAccess」の入力誤りではありませんか。
    AWS管理ポリシーの名前またはARNを入力してください。
    e.g. ReadOnlyAccess

    [policy.managed-not-attachable]
    「AWSのポリシー」の「AmazonECSServiceRolePolicy」は、AWSサービス専用のポリシーのため、許可セットには使えません。
    -> 別のAWS管理ポリシーを指定してください。
    e.g. ReadOnlyAccess

    [policy.wrong-partition]
    「AWSのポリシー」の「arn:aws-cn:iam::aws:policy/ReadOnlyAccess」は、別のAWSパーティション（中国リージョンなど）のARNです。
    -> arn:aws: で始まるARNか、ポリシーの名前だけを入力してください。
    e.g. arn:aws:iam::aws:policy/ReadOnlyAccess

    [policy.not-aws-managed]
    「AWSのポリシー」の「arn:aws:iam::123456789012:policy/sales/Deploy」は、AWS管理ポリシーではありません。
    -> 自分たちで作成したポリシーは、カスタマー管理ポリシーのフィールドに入力してください（アクセス許可の境界の場合は、先頭に customer: を付けてください）。
    e.g. /sales/Deploy（アクセス許可の境界では customer:/sales/Deploy）

    [policy.customer-managed-invalid]
    「独自のポリシー」の「arn:aws:iam::123456789012:policy/Deploy」は、カスタマー管理ポリシーの名前として使えません。
    -> 名前だけか、/パス/名前 の形式で、半角で入力してください。ARNは使えません。
    e.g. /Deploy

    [policy.same-name]
    「独自のポリシー」の「/team/deploy」と「/Deploy」は、IAMでは同じ名前になるため、一緒には使えません。パスや大文字・小文字が違っても、1つのAWSアカウントには片方しか作成できません。
    -> どちらか一方にするか、ポリシーの名前を変えてください。

    [policy.boundary-invalid]
    「権限の上限」の「customer:開発者の境界」は、アクセス許可の境界として使えません。
    -> AWS管理ポリシーの名前またはARNを入力してください。カスタマー管理ポリシーの場合は、先頭に customer: を付けて、名前または /パス/名前 を入力してください。
    e.g. customer:/boundaries/DeveloperBoundary

    [policy.too-many]
    「AWSのポリシー」に指定したポリシーは、カスタマー管理ポリシーと合わせて26個あります。1つの許可セットに指定できるのは25個までです。
    -> 合わせて25個以内に減らしてください。複数のポリシーの内容は、1つのカスタマー管理ポリシーやインラインポリシーにまとめられます。

    [policy.over-role-default]
    「AWSのポリシー」に指定したポリシーは、カスタマー管理ポリシーと合わせて12個あります。AWSの初期設定では、1つのロールに付けられるのは10個までです。
    -> 合わせて10個以内に減らすか、割り当て先のすべてのAWSアカウントで上限を引き上げるよう管理者に依頼してください。上限が足りないアカウントでは、反映に失敗します。このレコードのほかの内容は反映します。

    [policy.json-syntax]
    「ポリシーのJSON」のJSONに誤りがあります。5行目の7文字目: この後ろにカンマ（,）がありません。
          "Action": "s3:GetObject"
          ^
    -> この位置の後ろに , を入力してください。
    e.g. "Effect": "Allow", "Action": "s3:GetObject"

    [policy.full-width-character]
    「ポリシーのJSON」の4行目の18文字目: “ (U+201C) は文書用の引用符です。
          "Effect" : “Allow”,
                     ^
    -> 半角の " に置き換えてください。文書やチャットから貼り付けた場合は、ほかの文字も確認してください。
    e.g. "Effect": "Allow"

    [policy.character-not-allowed]
    「ポリシーのJSON」の3行目の15文字目: 開 (U+958B) はポリシーに使えない文字です。
          "Sid": "開発者",
                  ^
    -> 半角の英数字と記号だけを使ってください。日本語での説明は、許可セットの説明のフィールドに入力してください。
    e.g. "Sid": "AllowRead"

    [policy.duplicate-key]
    「ポリシーのJSON」の6行目の7文字目: 「Action」という項目が重複しています。
    -> 同じ { } の中では、1つの項目名は1回だけ使えます。1つにまとめるか、ステートメントを分けてください。
    e.g. "Action": ["s3:GetObject", "s3:ListBucket"]

    [policy.forbidden-key]
    「ポリシーのJSON」の6行目の7文字目: 「__proto__」という項目名は使えません。
    -> この項目を削除してください。

    [policy.too-deep]
    「ポリシーのJSON」のかっこの入れ子が深すぎます。
    -> かっこの入れ子を20段以内にしてください。閉じ忘れたかっこがないかも確認してください。
    e.g. {
      "Version": "2012-10-17",
      "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}]
    }

    [policy.too-large]
    「ポリシーのJSON」が長すぎます（40000文字）。
    -> 空白と改行を含めて32768文字以内にしてください。長いポリシーは、カスタマー管理ポリシーに分けられます。

    [policy.too-many-characters]
    「ポリシーのJSON」が長すぎます（空白と改行を除いて10300文字）。
    -> 空白と改行を除いて10240文字以内にしてください。長いポリシーは、カスタマー管理ポリシーに分けられます。

    [policy.grammar]
    「ポリシーのJSON」の Statement[1].Effect（2番目のステートメント）: Effect の値が正しくありません。
    -> Allow か Deny を指定してください（先頭だけが大文字です）。
    e.g. "Effect": "Allow"

    [policy.analyzer-finding]
    「ポリシーのJSON」の5行目の17文字目に、AWSのポリシー検査で問題が見つかりました（INVALID_ACTION）。
    存在しない操作が Action にあります。つづりを確認してください。
    （AWSの説明: The action s3:GetObjects does not exist.）
    -> 次のページを参考に、ポリシーを修正してください。
    https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html

    [assignment.permission-set-unknown]
    「許可セット」の「Develper」という許可セットが見つかりません。
    -> 「Developer」の入力誤りではありませんか。
    許可セットのアプリに登録されている名前を指定してください。
    e.g. Developer

    [assignment.permission-set-not-approved]
    「許可セット」の「Developer」は、許可セットのレコードがまだ承認されていないため、割り当てできません。
    https://example.cybozu.com/k/10/show#record=12
    -> 許可セットのレコードが承認されると、自動的に割り当てます。別の許可セットを選ぶつもりだった場合を除き、あなたの操作は不要です。

    [assignment.permission-set-held]
    「許可セット」の「Developer」は、許可セットのレコードに問題があるため、新しい割り当てを保留しています。
    https://example.cybozu.com/k/10/show#record=12
    -> 許可セットのレコードが修正されると、自動的に割り当てます。あなたの操作は不要です。これまでの割り当てはそのまま残ります。このレコードのほかの内容は反映します。

    [assignment.permission-set-unclear]
    「許可セット」の「Developer」は、複数の許可セットの名前として使われたことがあり、どれを指すのか判断できません。
    https://example.cybozu.com/k/10/show#record=12
    https://example.cybozu.com/k/10/show#record=13
    -> 許可セットを選び直して（ルックアップの場合は、もう一度取得して）、レコードを保存してください。それまでは、これまでに付与したアクセス権をそのまま残します。

    [assignment.permission-set-renamed]
    「許可セット」の「Developer」は、「SalesDeveloper」に名前が変わっています。
    -> 「SalesDeveloper」に変更してください（ルックアップの場合は、もう一度取得してください）。今のままでも「SalesDeveloper」として有効です。お手すきのときに更新してください。このレコードのほかの内容は反映します。
    e.g. SalesDeveloper

    [assignment.denied-by-guardrail]
    「許可セット」の「Administrator」を、AWSアカウント「Production (222222222222)」で「taro.yamada@example.co.jp」「Sales-Developers」に割り当てることは、社内の利用ルール「no administrators in production」で認められていません。
    -> 該当するユーザー、グループ、アカウントをこのレコードから外すか、別の許可セットを指定してください。このアクセス権が必要な場合は、理由を添えて管理者に相談してください。このレコードのほかの内容は反映します。

    [assignment.no-principals]
    「利用者」が空で、割り当てる相手のユーザーもグループも指定されていません。
    -> ユーザーまたはグループを少なくとも1つ指定してください。割り当てをやめる場合は、このレコードを削除してください。
    e.g. taro.yamada（ユーザー）、Sales-Developers（グループ）

    [assignment.too-many-groups]
    「部署」に指定したグループが多すぎます。許可セット「Developer」をアカウント「111122223333」に割り当てるグループは、すべてのレコードを合わせて104個あります。AWSの上限は100個です。
    -> 合わせて100個以内になるように、グループを減らしてください。複数のグループを1つにまとめる場合は、管理者に依頼してください。

    [period.unreadable]
    「利用終了」の「2027-02-31」を日付や日時として読み取れません。
    -> 日付か、日付と時刻を入力してください。終了に日付だけを入力すると、その日の終わりまで有効です。
    e.g. 2027-03-31 18:00

    [period.reversed]
    「利用終了」が、開始より後になっていません。
    -> 開始か終了を修正してください。すぐに割り当てをやめる場合は、このレコードを削除してください。

    [period.too-long]
    「利用終了」が先すぎます。社内の利用ルール「administrators for a day」では、「Administrator」を使えるのは8時間までです。
    -> 終了を早めてください。開始の日時、またはこのレコードを最初に反映した日時から数えます。それより長く必要な場合は、新しいレコードを登録してください。このレコードのほかの内容は反映します。

    [period.end-required]
    「利用終了」が空です。社内の利用ルール「only for a time」では、「Administrator」に期限が必要です。
    -> いつまで必要かを入力してください。このレコードのほかの内容は反映します。
    e.g. 2027-03-31 18:00

    [target.is-a-name]
    「AWSアカウント」の「all」は、複数のアカウントを指す書き方ですが、同じ名前のアカウントもあります。
    -> アカウントの12桁のIDを入力するか、アカウント名の変更を管理者に依頼してください。
    e.g. 123456789012

    [target.unknown]
    「AWSアカウント」の「ou:Root/Workload」というOU（組織単位）が見つかりません。
    -> 「ou:Root/Workloads」の入力誤りではありませんか。
    ルートから順にOUの名前を並べるか、OUのIDを入力してください。
    e.g. ou:Root/Workloads/Prod

    [target.ambiguous]
    「AWSアカウント」の「ou:Root/Prod」に当たるOU（組織単位）が複数あります: 「ou-abcd-11111111」「ou-abcd-22222222」。
    -> OUのIDを入力してください。
    e.g. ou:ou-abcd-12345678

    [target.empty]
    「AWSアカウント」の「name:*-prd」に当たるアカウントがありません。
    -> 「shop-prod」の入力誤りではありませんか。
    修正するか、不要な場合は外してください。それまでは、このレコードが付与したアクセス権はそのまま残ります。

    [target.only-exclusions]
    「AWSアカウント」には除くアカウント（「!Sandbox」）しかなく、対象のアカウントがありません。
    -> 何から除くのかを、all やOUなどで指定してください。
    e.g. all

    [target.off]
    「AWSアカウント」の「tag:env=prod」のような書き方は、ここでは使えません（tag:）。
    -> アカウントのIDか名前を入力するか、管理者に相談してください。
    e.g. 123456789012

    [account.unknown]
    「AWSアカウント」の「Sandbx」というAWSアカウントが見つかりません。
    -> 「Sandbox」の入力誤りではありませんか。
    12桁のアカウントIDか、アカウント名を正確に入力してください。大文字と小文字は区別されます。
    e.g. 123456789012

    [account.ambiguous]
    「AWSアカウント」の「Sandbox」という名前のAWSアカウントが複数あります（「111122223333」「444455556666」）。
    -> 名前の代わりに、12桁のアカウントIDを入力してください。
    e.g. 123456789012

    [account.not-active]
    「AWSアカウント」の「Old Sandbox」というAWSアカウントは、有効ではありません（状態: 停止中）。
    -> 使わなくなったアカウントは「AWSアカウント」から外してください。有効になるまで、このアカウントの割り当ては変更しません。このレコードのほかの内容は反映します。

    [account.holds-keys]
    「AWSアカウント」の「Identity」は、この同期を実行しているアカウントか、そのメモリを置いているアカウントです。
    -> アクセス権があると同期そのものを変更できるため、このアカウントの割り当ては変更しません。必要な場合は管理者に連絡してください。このレコードのほかの内容は反映します。

    [account.management]
    「AWSアカウント」の「Main」は、組織の管理アカウントです。
    -> 管理アカウントの割り当ては管理者がTerraformで管理しているため、ここでは変更しません。必要な場合は管理者に連絡してください。このレコードのほかの内容は反映します。

    [account.protected]
    「AWSアカウント」の「Audit」は、保護されているAWSアカウントです。
    -> このアカウントの割り当ては変更しません。必要な場合は管理者に連絡してください。このレコードのほかの内容は反映します。

    [user.unknown]
    レコードの最終更新から90分が過ぎましたが、「利用者」の「yamda@example.co.jp」がIAM Identity Centerに見つかりません。
    -> 次の点を確認してください。
    ・ログイン名のつづりに誤りがないか
    ・Entra IDからの同期が済んでいるか（最長40分ほどかかります）
    ・退職や異動などで、ユーザーが無効になっていないか
    割り当てる必要がないユーザーは、「利用者」から外してください。
    e.g. taro.yamada@example.co.jp

    [user.ambiguous]
    「利用者」の「sales@example.co.jp」に当てはまるユーザーが、IAM Identity Centerに複数います（「sato@example.co.jp」「suzuki@example.co.jp」）。
    -> 重複を解消するように管理者に依頼するか、このユーザーを「利用者」から外してください。

    [user.disabled]
    「利用者」の「tanaka@example.co.jp」は、IAM Identity Centerで無効になっているユーザーです。
    -> 割り当てる必要がない場合は「利用者」から外してください。必要な場合は、ユーザーを有効にするよう管理者に依頼してください。このレコードのほかの内容は反映します。

    [user.gone]
    「利用者」の「tanaka@example.co.jp」は、IAM Identity Centerから削除されたユーザーです。
    -> 「利用者」から外してください。このレコードのほかの内容は反映します。

    [user.changed]
    「利用者」の「tanaka@example.co.jp」は、このレコードを最後に保存した後に、別のユーザーの名前になりました。今のところ、その人には何も付与しません。
    -> 今その名前を使っている人に付与する場合は、レコードをもう一度保存してください。そうでない場合は、「利用者」から外してください。このレコードのほかの内容は反映します。

    [user.renamed]
    「利用者」の「tanaka@example.co.jp」は、IAM Identity Centerで「yamamoto@example.co.jp」という名前に変わりました。
    -> 「yamamoto@example.co.jp」として選び直すか、入力し直してください。それまで、このレコードで付与したものは変わりません。
    e.g. yamamoto@example.co.jp

    [group.unknown]
    「部署」の「Sales-Devs」というグループが、IAM Identity Centerに見つかりません。
    -> 「Sales-Dev」「Sales-DevOps」の入力誤りではありませんか。
    グループの表示名を正確に入力してください。作成したばかりのグループは、Entra IDからの同期が済むまで待ってください。
    e.g. Sales-Dev

    [group.ambiguous]
    「部署」の「Sales-Dev」という名前のグループが、IAM Identity Centerに複数あります。
    -> 同じ名前のグループが1つだけになるように、管理者に依頼してください。

    [group.gone]
    「部署」の「Sales-Dev」は、IAM Identity Centerから削除されたグループです。
    -> 「部署」から外してください。このレコードのほかの内容は反映します。

    [group.changed]
    「部署」の「Sales-Dev」は、このレコードを最後に保存した後に、別のグループの名前になりました。今のところ、そのグループには何も付与しません。
    -> 今その名前のグループに付与する場合は、レコードをもう一度保存してください。そうでない場合は、「部署」から外してください。このレコードのほかの内容は反映します。

    [group.renamed]
    「部署」の「Sales-Dev」というグループは、IAM Identity Centerで「Sales-Tokyo」という名前に変わりました。
    -> 「Sales-Tokyo」と入力し直してください。それまで、このレコードで付与したものは変わりません。
    e.g. Sales-Tokyo

    [principal.protected]
    「利用者」の「breakglass@example.co.jp」は、保護されているユーザーまたはグループです。
    -> このユーザーまたはグループの割り当ては変更しません。必要な場合は管理者に連絡してください。このレコードのほかの内容は反映します。"
  `);
});

it("reads like this for every problem with a policy's grammar", () => {
  const texts = grammarProblems.map((problem) => {
    const issue = sampleIssue("policy.grammar", { path: grammarPaths[problem], problem });
    return layOut(problem, describeIssue(issue, "ja", contextOf(issue)));
  });
  expect(texts.join("\n\n")).toMatchInlineSnapshot(`
    "[not-an-object]
    「ポリシーのJSON」: ポリシー全体が { } で囲まれていません。
    -> ポリシー全体を { と } で囲んでください。
    e.g. {
      "Version": "2012-10-17",
      "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}]
    }

    [version-missing]
    「ポリシーのJSON」: Version がありません。
    -> ポリシーの先頭に Version を追加してください。
    e.g. "Version": "2012-10-17"

    [version-invalid]
    「ポリシーのJSON」: Version の値が正しくありません。
    -> 2012-10-17 を指定してください。これは決まった値で、作成日などには変更できません。
    e.g. "Version": "2012-10-17"

    [statement-missing]
    「ポリシーのJSON」: Statement がありません。
    -> 許可または拒否する内容を Statement に入力してください。
    e.g. "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}]

    [statement-empty]
    「ポリシーのJSON」: Statement が空です。
    -> 許可または拒否する内容を1つ以上入力してください。不要な場合はポリシー全体を削除してください。
    e.g. "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}]

    [statement-not-an-object]
    「ポリシーのJSON」の Statement[0]（1番目のステートメント）: ステートメントが { } で囲まれていません。
    -> ステートメントを1つずつ { と } で囲んでください。
    e.g. {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}

    [effect-missing]
    「ポリシーのJSON」の Statement[0].Effect（1番目のステートメント）: Effect がありません。
    -> 許可する場合は Allow、拒否する場合は Deny を指定してください。
    e.g. "Effect": "Allow"

    [effect-invalid]
    「ポリシーのJSON」の Statement[2].Effect（3番目のステートメント）: Effect の値が正しくありません。
    -> Allow か Deny を指定してください（先頭だけが大文字です）。
    e.g. "Effect": "Allow"

    [action-missing]
    「ポリシーのJSON」の Statement.Action: Action（操作）がありません。
    -> Action または NotAction に、操作を1つ以上指定してください。
    e.g. "Action": ["s3:GetObject", "s3:ListBucket"]

    [action-and-not-action]
    「ポリシーのJSON」の Statement[0].NotAction（1番目のステートメント）: Action と NotAction の両方があります。
    -> どちらか一方を削除してください。
    e.g. "Action": ["s3:GetObject", "s3:ListBucket"]

    [action-invalid]
    「ポリシーのJSON」の Statement[0].Action[3]（1番目のステートメント）: 操作の書き方が正しくありません。
    -> サービス名:操作名 の形式で入力してください。すべての操作は * です。
    e.g. "Action": ["s3:GetObject", "s3:ListBucket"]

    [resource-missing]
    「ポリシーのJSON」の Statement[0].Resource（1番目のステートメント）: Resource（対象）がありません。
    -> Resource または NotResource に、対象のARNを1つ以上指定してください。すべての対象は * です。
    e.g. "Resource": "arn:aws:s3:::example-bucket/*"

    [resource-and-not-resource]
    「ポリシーのJSON」の Statement[0].NotResource（1番目のステートメント）: Resource と NotResource の両方があります。
    -> どちらか一方を削除してください。
    e.g. "Resource": "arn:aws:s3:::example-bucket/*"

    [resource-invalid]
    「ポリシーのJSON」の Statement[0].Resource（1番目のステートメント）: 対象の書き方が正しくありません。
    -> arn: で始まるARNを入力してください。すべての対象は * です。
    e.g. "Resource": "arn:aws:s3:::example-bucket/*"

    [principal-not-allowed]
    「ポリシーのJSON」の Statement[0].Principal（1番目のステートメント）: Principal と NotPrincipal は、許可セットのポリシーには使えません。
    -> この項目を削除してください。割り当てるユーザーとグループは、割り当てのアプリで指定してください。
    e.g. {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}

    [condition-invalid]
    「ポリシーのJSON」の Statement[0].Condition（1番目のステートメント）: Condition（条件）の書き方が正しくありません。
    -> 条件演算子、条件キー、値の順に、例のように入力してください。
    e.g. "Condition": {"StringEquals": {"aws:RequestedRegion": "ap-northeast-1"}}

    [sid-invalid]
    「ポリシーのJSON」の Statement[0].Sid（1番目のステートメント）: Sid の値が正しくありません。
    -> 半角の英数字だけを使った文字列にしてください。記号、スペース、日本語は使えません。
    e.g. "Sid": "AllowRead"

    [sid-duplicate]
    「ポリシーのJSON」の Statement[1].Sid（2番目のステートメント）: 同じ Sid が別のステートメントでも使われています。
    -> ステートメントごとに異なる Sid を付けてください。
    e.g. "Sid": "AllowRead2"

    [unknown-element]
    「ポリシーのJSON」の Statement[0].Actions（1番目のステートメント）: ポリシーに使えない項目名です。
    -> 項目名のつづりと、大文字と小文字を確認してください。ステートメントの中では Sid、Effect、Action、NotAction、Resource、NotResource、Condition を使えます。
    e.g. {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::example-bucket/*"}"
  `);
});
