import type { Language } from "../model/config.ts";

/** Why the program does not run without verified certificates, and what to do instead. */
export const unverifiedTls: Readonly<Record<Language, string>> = {
  ja: "NODE_TLS_REJECT_UNAUTHORIZED=0が設定されているため、実行しません。証明書が検証されないと、通信の途中にいる第三者がトークンを読み取り、kintoneやAWSになりすませます。この環境変数を削除してください。プロキシが証明書を置き換えている場合は、その認証局の証明書をNODE_EXTRA_CA_CERTSで指定してください。",
  en: "NODE_TLS_REJECT_UNAUTHORIZED=0 is set, so nothing is run: without verified certificates anyone in between can read the tokens and answer in the place of kintone and AWS. Remove the variable. If a proxy replaces certificates, name its certificate authority in NODE_EXTRA_CA_CERTS.",
};
