import type { Language } from "../model/config.ts";

interface CliTexts {
  readonly configInvalid: (problems: number) => string;
  /** What is wrong with an approval code on the command line. */
  readonly codeIsHash: string;
  readonly codeMalformed: string;
  readonly notAPort: (first: number, last: number) => string;
  readonly notASpeed: string;
  readonly notABelief: (names: readonly string[]) => string;
  readonly notAReport: string;
  readonly notANumber: string;
  readonly cannotWrite: (file: string, reason: string) => string;
  readonly stopping: string;
  readonly stoppedEarly: string;
  readonly applying: (size: string) => string;
  readonly reading: string;
  readonly requests: (count: number, perSecond: number) => string;
  readonly slow: string;
  readonly confirm: string;
  readonly declined: string;
  readonly sandboxReady: string;
  readonly sandboxPages: (address: string) => string;
  readonly sandboxStays: string;
  readonly serving: (host: string, port: number) => string;
  readonly leaving: string;
  readonly leftUnfinished: string;
  readonly cannotListen: (host: string, port: number, reason: string) => string;
  readonly portUnusable: (port: number) => string;
  readonly demo: {
    readonly pass1: string;
    readonly pass2: string;
    readonly pass3: string;
    readonly comments: string;
    readonly slack: string;
    readonly next: string;
    readonly nextSteps: readonly string[];
  };
}

const texts: Readonly<Record<Language, CliTexts>> = {
  en: {
    configInvalid: (problems) =>
      `The configuration has ${problems === 1 ? "a problem" : `${problems} problems`}:`,
    codeIsHash:
      "This is the hash of a plan; what approves it is the code that the refusal shows: the same length, a hyphen, and a time.",
    codeMalformed:
      "It must be the code that the refused plan showed: 32 hexadecimal digits, a hyphen, and a time.",
    notAPort: (first, last) => `It must be a whole number from ${first} to ${last}.`,
    notASpeed: "It must be a number from 1 to 1000.",
    notABelief: (names) => `It must be NAME=other, with one of these names: ${names.join(", ")}.`,
    cannotWrite: (file, reason) =>
      `${file} cannot be written (${reason}). Check that the folder exists and may be written to.`,
    notAReport: "The file's name must end in .md or .html.",
    notANumber: "It must be a number, without a sign.",
    stopping: "Stopping: nothing new is started; what is in progress is followed to its end.",
    stoppedEarly: "Stopped before anything was written.",
    applying: (size) => `Applying ${size} …`,
    confirm: "Apply this? Nothing is written without yes. [yes/no] ",
    declined: "Nothing was written.",
    requests: (count, perSecond) => `${count} requests · ${perSecond}/s`,
    slow: "AWS is slow: others use its quota too",
    reading: "Reading kintone and IAM Identity Center …",
    sandboxReady: "The sandbox is up. Set this environment in another shell; Ctrl+C ends the sandbox.",
    sandboxPages: (address) =>
      `Its apps, its Slack channel and its access portal in a browser, with a button that syncs: ${address}`,
    sandboxStays: "The company stays open; Ctrl+C ends it.",
    serving: (host, port) => `Listening on ${host}, port ${port}.`,
    leaving:
      "Leaving: no new pass and no new change is started; what is in progress is followed to its end, for 28 seconds at most.",
    leftUnfinished:
      "Something is still in progress: AWS carries on with it, and the next pass sees what came of it.",
    cannotListen: (host, port, reason) =>
      `Cannot listen on ${host}, port ${port} (${reason}): another program may have the port, or the address is not this machine's. Set serve.port and serve.host, or --port and --host.`,
    portUnusable: (port) =>
      `Port ${port} is taken or not allowed: name another one with --port, or leave it out for any free ports.`,
    demo: {
      pass1: "Pass 1: a company's records meet an empty Identity Center",
      pass2: "Pass 2: three records have changed",
      pass3: "Pass 3: nothing has changed",
      comments: "Comments on records",
      slack: "Messages in the operators' Slack channel",
      next: "What next",
      nextSteps: [
        "Touch it in a browser: node dist/cli.js demo --open keeps this company open, with a button that syncs.",
        "Play with it yourself: node dist/cli.js sandbox prints an environment for another shell; there, run plan, sync and access.",
        "Use your own kintone and AWS: docs/get-started.md; then run doctor and plan, which write nothing.",
      ],
    },
  },
  ja: {
    configInvalid: (problems) => `設定に問題が${problems}件あります。`,
    codeIsHash:
      "これは計画のハッシュです。承認には、中止したときに表示される、同じ長さの16進数にハイフンと時刻が付いたコードを指定してください。",
    codeMalformed: "中止したときに表示されたコード（16進数32桁、ハイフン、時刻）をそのまま指定してください。",
    notAPort: (first, last) => `${first}から${last}までの整数を指定してください。`,
    notASpeed: "1から1000までの数を指定してください。",
    notABelief: (names) => `「名前=other」の形で指定してください。名前は次のどれかです: ${names.join(", ")}`,
    cannotWrite: (file, reason) =>
      `${file} に書き込めません（${reason}）。フォルダーの有無と書き込み権限を確認してください。`,
    notAReport: "ファイル名の末尾は .md か .html にしてください。",
    notANumber: "1以上の整数で指定してください。",
    stopping: "停止します。新しい変更は始めず、進行中の処理の完了を待ちます。",
    stoppedEarly: "何も書き込まずに停止しました。",
    applying: (size) => `${size}を適用しています…`,
    confirm: "この内容を適用しますか。「yes」と入力しないかぎり、何も書き込みません。[yes/no] ",
    declined: "何も書き込みませんでした。",
    requests: (count, perSecond) => `リクエスト${count}回 · 毎秒${perSecond}回`,
    slow: "ほかでも使用中のためAWSが遅延",
    reading: "kintone と IAM Identity Center を読み込んでいます…",
    sandboxReady:
      "サンドボックスを起動しました。別のシェルで次の環境変数を設定してください。Ctrl+C で終了します。",
    sandboxPages: (address) =>
      `アプリ、Slackチャンネル、アクセスポータルはブラウザーで見られます。同期ボタンもあります: ${address}`,
    sandboxStays: "この会社は開いたままです。Ctrl+C で終了します。",
    serving: (host, port) => `${host}のポート${port}で待ち受けています。`,
    leaving: "終了します。新しい同期も新しい変更も始めず、進行中の処理の完了を最長28秒待ちます。",
    leftUnfinished: "まだ完了していない処理があります。AWS側での処理は続き、結果は次回の同期で確認します。",
    cannotListen: (host, port, reason) =>
      `${host}のポート${port}で待ち受けられません（${reason}）。ほかのプログラムがポートを使っているか、このマシンのアドレスではありません。serve.portとserve.host、または--portと--hostを指定してください。`,
    portUnusable: (port) =>
      `ポート${port}は使用中か、使用できません。--port で別の番号を指定するか、省略して空いているポートを使ってください。`,
    demo: {
      pass1: "1回目: ある会社のレコードを、まだ空のIdentity Centerに反映する",
      pass2: "2回目: レコードを3件変更したあと",
      pass3: "3回目: 変更がないとき",
      comments: "レコードへのコメント",
      slack: "運用担当者のSlackチャンネルへのメッセージ",
      next: "次にすること",
      nextSteps: [
        "ブラウザーで触る: node dist/cli.js demo --open で、この会社を開いたままにします。同期ボタンもあります。",
        "自分で試す: node dist/cli.js sandbox が表示する環境変数を別のシェルで設定し、plan、sync、access を実行してください。",
        "自社のkintoneとAWSで使う: docs/ja/get-started.md の手順に従い、まず何も書き込まない doctor と plan を実行してください。",
      ],
    },
  },
};

export function cliTexts(language: Language): CliTexts {
  return texts[language];
}
