import * as z from "zod";
import { type AppKind, fieldDefinitions } from "../model/fields.ts";
import { nonEmptyText, positive, rule, section } from "./schema-parts.ts";

/** A field that its app must have cannot be switched off with null. */
function fieldCode(field: { required: boolean; defaultCode: string }): z.ZodType<string | null> {
  const name = rule(field.required ? "field-required" : "field-code");
  const code = z.string(name).min(1, name);
  return field.required ? code.default(field.defaultCode) : code.nullable().default(field.defaultCode);
}

function fieldCodes(kind: AppKind) {
  const codes = Object.entries(fieldDefinitions[kind]).map(
    ([name, field]) => [name, fieldCode(field)] as const,
  );
  const shape: Record<string, z.ZodType<string | null>> = Object.fromEntries(codes);
  return section(shape).meta({
    description:
      "Field codes, or null where the app has no such field / フィールドコード。アプリにない場合はnull",
  });
}

const states = z.array(nonEmptyText);

const gate = z
  .strictObject({
    field: nonEmptyText,
    approved: states.min(1, rule("gate-approved")),
    ended: states.default([]),
    approver: nonEmptyText.optional(),
  })
  .optional()
  .meta({
    description:
      "A record counts in the approved states of the field, stands for nothing in the ended ones, and waits in any other; approver: user field that only approvers may edit / フィールドの値がapprovedのレコードだけが有効になり、endedのレコードは無効、それ以外は承認待ちになる。approver: 承認者だけが編集できるユーザー選択フィールド",
    examples: [{ field: "ステータス", approved: ["承認済み"], ended: ["却下", "失効"] }],
  });

function kintoneApp(kind: AppKind, description: string) {
  return section({ app: positive.meta({ description }), fields: fieldCodes(kind), gate });
}

/** An app besides those of the records, where there is one. */
function listApp(description: string) {
  return z.strictObject({ app: positive.meta({ description }) }).optional();
}

/** The tenant, its apps and what of them is read. */
export const kintone = section({
  baseUrl: z
    .string()
    .meta({ description: "https://example.cybozu.com", examples: ["https://example.cybozu.com"] }),
  guestSpaceId: positive.optional().meta({
    description: "Number of the guest space that holds the apps / アプリがあるゲストスペースのID",
  }),
  permissionSets: kintoneApp("permissionSets", "Number of the permission-set app / 許可セットのアプリID"),
  assignments: kintoneApp("assignments", "Number of the assignment app / 割り当てのアプリID"),
  accounts: listApp("Number of the app that lists the AWS accounts / AWSアカウント一覧のアプリID"),
  groups: listApp("Number of the app that lists the groups / グループ一覧のアプリID"),
  reviews: listApp("Number of the app in which access is reviewed / アクセス権の棚卸しをするアプリID"),
  query: section({
    permissionSets: z.string().default(""),
    assignments: z.string().default(""),
  }).meta({
    description: "Only records that match this condition count / この条件に合うレコードだけを対象にする",
    examples: [{ assignments: 'environment in ("AWS")' }],
  }),
});
