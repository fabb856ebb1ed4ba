import type { Bilingual } from "./finding.ts";

/** Sentences for the values that a type or a range alone does not describe. */
export const schemaMessages = {
  account: {
    ja: 'AWSアカウントIDを12桁の数字で、引用符で囲んで指定してください（例: "111122223333"）。',
    en: 'Must be the twelve digits of an AWS account in quotes, e.g. "111122223333".',
  },
  "account-quoted": {
    ja: 'AWSアカウントIDは引用符で囲んでください（例: "012345678901"）。囲まないと先頭の0が失われます。',
    en: 'Put the account id in quotes, e.g. "012345678901": without them YAML drops leading zeros.',
  },
  "field-required": {
    ja: "このフィールドは必須です。アプリにあるフィールドのフィールドコードを指定してください。",
    en: "The app must have this field, so its field code is needed; null is not allowed.",
  },
  "field-code": {
    ja: "フィールドコードを指定してください。アプリにこのフィールドがない場合はnullを指定してください。",
    en: "Must be a field code, or null when the app has no such field.",
  },
  region: {
    ja: "IAM Identity Centerのプライマリリージョンを指定してください（例: ap-northeast-1）。",
    en: "Must be the primary Region of IAM Identity Center, e.g. ap-northeast-1.",
  },
  "instance-arn": {
    ja: "インスタンスのARNを指定してください（例: arn:aws:sso:::instance/ssoins-1234567890abcdef）。",
    en: "Must be the ARN of an instance, e.g. arn:aws:sso:::instance/ssoins-1234567890abcdef.",
  },
  "name-pattern": {
    ja: '名前、またはAWSアカウントIDを、引用符で囲んで指定してください（例: "prod-*"）。*は任意の文字列に一致します。!で始めることはできません。',
    en: 'Must be a name or an account id in quotes, e.g. "prod-*"; * stands for any characters. It cannot begin with an exclamation mark.',
  },
  "name-patterns": {
    ja: "名前を1つ以上、リストで指定してください。すべてを対象にする場合は、このキーを削除してください。",
    en: "Must be a list of at least one name; to mean everything, leave the key out.",
  },
  "gate-approved": {
    ja: "レコードを有効とみなす値を1つ以上、リストで指定してください。",
    en: "Must be a list of at least one state in which a record counts.",
  },
  "max-duration": {
    ja: "時間数か日数を指定してください（例: 8h、90d）。",
    en: "Must be a number of hours or days, e.g. 8h or 90d.",
  },
  "per-account": {
    ja: "1だけを指定できます。AWSは1つのアカウントのロールを同時に1つしか更新しないためです。",
    en: "Must be 1: AWS updates one role at a time in an account.",
  },
  "slack-channel": {
    ja: "チャンネルIDまたはチャンネル名を指定してください（例: C0123456789）。トークンは指定できません。",
    en: "Must be a channel id or name, e.g. C0123456789, and never a token.",
  },
  memory: {
    ja: "ファイルのパス、または s3://バケット名/キー を指定してください。",
    en: "Must be the path of a file, or s3://bucket/key.",
  },
  audit: {
    ja: "ファイルのパス、または s3://バケット名/プレフィックス/ を指定してください。",
    en: "Must be the path of a file, or s3://bucket/prefix/.",
  },
  "proxy-address": {
    ja: "プロキシのIPアドレスか、その範囲を指定してください（例: 10.0.0.0/8）。",
    en: "Must be the IP address of a proxy, or a range of them, e.g. 10.0.0.0/8.",
  },
  "header-name": {
    ja: "HTTPヘッダーの名前を指定してください（例: x-forwarded-user）。",
    en: "Must be the name of an HTTP header, e.g. x-forwarded-user.",
  },
  schedule: {
    ja: "cron式を引用符で囲んで指定してください（例: '4-59/10 * * * *'）。",
    en: "Must be a cron expression in quotes, e.g. '4-59/10 * * * *'.",
  },
  owner: {
    ja: "AWSのタグの値に使える文字（文字、数字、空白、_ . : / = + - @）を使い、256文字までで指定してください。",
    en: "Must be 1 to 256 characters that AWS allows in a tag value: letters, digits, spaces and _ . : / = + - @.",
  },
} satisfies Readonly<Record<string, Bilingual>>;

export type SchemaRule = keyof typeof schemaMessages;
