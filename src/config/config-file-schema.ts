import * as z from "zod";
import { kintone } from "./kintone-schema.ts";
import { nonEmptyText, positive, rule, section } from "./schema-parts.ts";

/** Unquoted, YAML reads an account id as a number and drops its leading zeros. */
const accountNumber = z
  .string({ error: (issue) => rule(typeof issue.input === "number" ? "account-quoted" : "account") })
  .regex(/^\d{12}$/, rule("account"));

const identityCenter = section({
  region: z
    .string(rule("region"))
    .regex(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, rule("region"))
    .meta({ description: "Primary Region of IAM Identity Center / プライマリリージョン" }),
  instanceArn: z
    .string(rule("instance-arn"))
    .regex(/^arn:aws[a-z-]*:sso:::instance\/(sso)?ins-[A-Za-z0-9.-]{16}$/, rule("instance-arn"))
    .optional()
    .meta({ description: "Default: the only instance / 省略時は唯一のインスタンス" }),
  portalUrl: z
    .string()
    .optional()
    .meta({ description: "URL of the AWS access portal / AWSアクセスポータルのURL" }),
  expectedAccount: accountNumber
    .optional()
    .meta({ description: "Refuse to run as any other account / これ以外のアカウントでは実行しない" }),
  allowManagementAccount: z.boolean().default(false).meta({
    description: "Run also in the management account / 管理アカウントでも実行する",
  }),
  allowOwnAccount: z.boolean().default(false).meta({
    description:
      "Let records give access to the account that this runs in and to memoryAccounts / 実行するアカウントとmemoryAccountsへのアクセス権をレコードから付与できるようにする",
  }),
  memoryAccounts: z.array(accountNumber).default([]).meta({
    description: "Accounts that hold the memory / メモリを置くアカウント",
  }),
});

const principals = section({
  userMatch: z
    .enum(["userName", "email"])
    .default("userName")
    .meta({ description: "What users are looked up by / ユーザーを照合する項目" }),
  userTemplate: z.string().default("{code}").meta({
    description: "{code} stands for the kintone login name / {code} はkintoneのログイン名に置き換わる",
  }),
  waitMinutes: z.int().min(0).default(60).meta({
    description:
      "A user not in Identity Center yet is waited for this long / まだいないユーザーを待つ時間(分)",
  }),
  disabledUsers: z
    .enum(["revoke", "keep"])
    .default("revoke")
    .meta({ description: "Assignments of disabled users / 無効なユーザーの割り当て" }),
});

const protectedThings = section({
  accounts: z.array(accountNumber).default([]),
  principals: z.array(nonEmptyText).default([]),
  permissionSets: z.array(nonEmptyText).default([]),
}).meta({ description: "Never written to / 変更しない対象" });

export const defaultMaxDeletions = 5;
export const defaultMaxAdminGrants = 25;

const guards = section({
  maxDeletions: z.int().min(0).default(defaultMaxDeletions),
  maxDeletionRatio: z.number().min(0).max(1).default(0.1),
  deletionCap: z.int().min(0).default(100),
  maxShareOfAll: z.number().min(0).max(1).optional(),
  maxUsersLosingAllAccess: z.int().min(0).default(3),
  maxRecordsLost: z.int().min(0).default(5),
  maxRecordShrink: z.number().min(0).max(1).default(0.2),
  recordsLostCap: z.int().min(0).default(100),
  maxPeopleGone: z.int().min(0).default(5),
  maxPeopleGoneRatio: z.number().min(0).max(1).default(0.1),
  peopleGoneCap: z.int().min(0).default(500),
  maxDeletionsPerDay: z.int().min(0).default(20),
  maxDeletionRatioPerDay: z.number().min(0).max(1).default(0.2),
  deletionCapPerDay: z.int().min(0).default(200),
  maxAdminGrants: z.int().min(0).default(defaultMaxAdminGrants),
  maxAdminGrantsPerDay: z.int().min(0).optional(),
}).meta({
  description: "A plan that goes over a limit is refused / 上限を超える変更は実行しない",
});

/** A leading exclamation mark would mean every other name to the library that matches them. */
const namePatterns = z
  .array(z.string(rule("name-pattern")).regex(/^(?!!)\S(.*\S)?$/su, rule("name-pattern")))
  .min(1, rule("name-patterns"))
  .optional();

const targets = section({
  ou: z.boolean().default(true),
  name: z.boolean().default(true),
  administrators: z.boolean().default(false),
}).meta({
  description:
    "Entries of records that stand for many accounts (ou:, name:), and whether they may make administrators / 複数のアカウントを指す書き方（ou:、name:）と、管理者権限での使用",
});

const guardrails = section({
  default: z.enum(["allow", "deny"]).default("allow"),
  enforce: z.boolean().default(false),
  inlineIam: z.enum(["allow", "deny"]).optional(),
  acceptedClassRules: z.int().min(0).optional().meta({
    description:
      "Number of the administrator class's rules that a person has accepted / 担当者が受け入れた管理者クラスの判定の番号",
  }),
  ordinaryPolicies: z
    .array(z.string(rule("name-pattern")).regex(/^(?!!)\S+$/u, rule("name-pattern")))
    .default([]),
  rules: z
    .array(
      z.strictObject({
        name: nonEmptyText,
        effect: z.enum(["allow", "deny"]),
        accounts: namePatterns,
        permissionSets: namePatterns,
        administratorClass: z.boolean().optional(),
        runsAsOtherRoles: z.boolean().optional(),
        dynamicTargets: z.boolean().optional(),
        maxDuration: z
          .string(rule("max-duration"))
          .regex(/^[1-9]\d{0,4}[hd]$/u, rule("max-duration"))
          .optional(),
        requireEnd: z.boolean().optional(),
        users: namePatterns,
        groups: namePatterns,
      }),
    )
    .default([]),
}).meta({ description: "Access that records may ask for / レコードで求めてよいアクセス権" });

/** At most 20 requests per second, 15 open operations, and one at a time in an account: https://docs.aws.amazon.com/singlesignon/latest/userguide/limits.html */
const pace = section({
  requestsPerSecond: z.int().min(1).max(20).default(19),
  outstandingOperations: z.int().min(1).max(15).default(15),
  perAccount: z.literal(1, rule("per-account")).default(1),
  maxMinutes: positive.default(50).meta({
    description:
      "A pass starts nothing any more after so many minutes; the next one goes on / 1回の最大時間（分）",
  }),
  callBudget: positive.default(160).meta({
    description:
      "Requests that a pass may spend on what no record changed / レコードの変更と関係のない箇所の確認に使うリクエスト数",
  }),
});

/** The file as users write it. Keys that the environment can give as well are required of both together. */
export const configFileSchema = z.strictObject({
  kintone,
  identityCenter,
  principals,
  unlistedAssignments: z
    .enum(["remove", "report"])
    .default("remove")
    .meta({ description: "Assignments of managed sets that no record asks for / レコードにない割り当て" }),
  protected: protectedThings,
  guards,
  targets,
  guardrails,
  readOnly: nonEmptyText.optional().meta({
    description:
      "Why passes write nothing to AWS, and only plan and tell / AWSに何も書き込まず、計画と通知だけを行う理由",
  }),
  comments: z.enum(["errors", "errors-and-applied", "off"]).default("errors").meta({
    description: "Comments on records with problems, and when access is there / レコードへのコメント",
  }),
  approval: section({
    separate: z.boolean().default(false),
    people: z.record(z.string(), z.string()).default({}),
  }).meta({
    description:
      "separate: whoever saved a record last cannot approve what is refused because of it; people: GitHub login → kintone login name / 最後に更新した人による承認を認めない。people: GitHubのユーザー名 → kintoneのログイン名",
  }),
  notify: section({
    slackMentionAuthor: z.boolean().default(false),
    repeatHours: positive.default(24),
    failuresAfter: positive.default(2),
  }).meta({ description: "Messages to operators / 運用担当者への通知" }),
  memory: z
    .string(rule("memory"))
    .regex(/^(?!s3:)\S.*$|^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/.+$/, rule("memory"))
    .optional()
    .meta({
      description: "File, or s3://bucket/key, that keeps what was told / 通知の記録を残すファイル",
    }),
  audit: z
    .string(rule("audit"))
    .regex(/^(?!s3:)\S.*$|^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/(.*\/)?$/, rule("audit"))
    .optional()
    .meta({
      description:
        "File, or s3://bucket/prefix/, that gets one line for each change / 変更を1行ずつ記録するファイル、またはS3の場所",
    }),
  heartbeat: z.string().optional().meta({
    description:
      "Address of a monitor (healthchecks.io) that hears of every sync / 同期の開始と結果を知らせる監視サービスのURL",
  }),
  pace,
  slack: z
    .strictObject({
      channel: z
        .string(rule("slack-channel"))
        // A token in the wrong place must not be taken for a channel.
        .regex(/^(?!xox)[^\s,]{1,80}$/, rule("slack-channel"))
        .optional(),
    })
    .optional(),
  serve: section({
    intervalMinutes: z
      .int()
      .min(1)
      .max(24 * 60)
      .default(10)
      .meta({ description: "Minutes from one pass to the next / 同期の間隔(分)" }),
    schedule: z
      .string(rule("schedule"))
      .optional()
      .meta({
        description: "Cron expression, instead of intervalMinutes / intervalMinutesの代わりのcron式",
        examples: ["4-59/10 * * * *"],
      }),
    port: z.int().min(0).max(65_535).default(8080).meta({
      description: "Port to listen on; 0 for any free one / 待ち受けるポート。空いているポートなら0",
    }),
    host: nonEmptyText.default("127.0.0.1").meta({
      description: "Address to listen on; 0.0.0.0 for all / 待ち受けるアドレス。すべての場合は0.0.0.0",
    }),
    lease: z.boolean().default(false).meta({
      description:
        "With several instances, one of them runs the passes; kept beside the memory / 複数起動した場合に1つだけが同期を実行する。メモリの隣に保存する",
    }),
    pages: z.boolean().default(false).meta({
      description:
        "Serve pages for a browser; on another address than the loopback only behind sign-in / ブラウザー用のページを表示する。ループバック以外ではサインインが必要",
    }),
    signInHeader: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,64}$/u, rule("header-name"))
      .optional()
      .meta({
        description:
          "Header in which a proxy names whom it has signed in / プロキシがサインイン済みのユーザー名を入れるヘッダー",
        examples: ["x-forwarded-user"],
      }),
    trustProxy: z
      .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], rule("proxy-address")))
      .default([])
      .meta({
        description:
          "Addresses of proxies in front, whose X-Forwarded-For tells who sent a request / 前段のプロキシのアドレス。送信元をX-Forwarded-Forから読み取る",
        examples: [["10.0.0.0/8"]],
      }),
  }).meta({ description: "The command serve / serveコマンド" }),
  language: z.enum(["ja", "en"]).optional(),
  timezone: z.string().default("Asia/Tokyo").meta({ description: "IANA time zone / タイムゾーン" }),
  owner: z
    .string(rule("owner"))
    .regex(/^(?!\p{Z}*$)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u, rule("owner"))
    .optional()
    .meta({
      description: "Value of the owner tag; default: host/app of the permission-set app / 所有者タグの値",
    }),
});

export type ConfigFileContents = z.infer<typeof configFileSchema>;
