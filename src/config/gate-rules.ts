import { type AppKind, fieldDefinitions } from "../model/fields.ts";
import { namesField } from "../model/query-fields.ts";
import type { ConfigRule, Draft } from "./config-rule.ts";
import { textAt, valueAt } from "./config-tree.ts";
import type { Finding } from "./finding.ts";

/** What the schema cannot say of gates. */
export const gateRules: readonly ConfigRule[] = [
  { name: "gate-states-differ", check: (draft) => ofEachGate(draft, checkStates) },
  { name: "gate-fields-differ", check: (draft) => ofEachGate(draft, checkFields) },
  { name: "gate-instead-of-query", check: (draft) => ofEachGate(draft, checkQuery) },
];

type Check = (draft: Draft, kind: AppKind, path: string) => readonly Finding[];

function ofEachGate(draft: Draft, check: Check): readonly Finding[] {
  return (["permissionSets", "assignments"] as const).flatMap((kind) => {
    const gate = valueAt(draft.tree, ["kintone", kind, "gate"]);
    return typeof gate === "object" && gate !== null ? check(draft, kind, `kintone.${kind}.gate`) : [];
  });
}

function checkStates({ tree }: Draft, _kind: AppKind, path: string): readonly Finding[] {
  const [approved = [], ended = []] = ["approved", "ended"].map((part) => statesAt(tree, `${path}.${part}`));
  const both = approved.find((state) => ended.includes(state));
  if (both === undefined) return [];
  const message = {
    ja: `「${both}」はapprovedにもendedにも指定されています。どちらか一方にしてください。`,
    en: `“${both}” is in approved as well: a state can be only one of both.`,
  };
  return [{ path: `${path}.ended`, message }];
}

function statesAt(tree: unknown, path: string): readonly string[] {
  const states = valueAt(tree, path.split("."));
  return Array.isArray(states) ? states.filter((state) => typeof state === "string") : [];
}

function checkFields({ tree }: Draft, kind: AppKind, path: string): readonly Finding[] {
  const field = textAt(tree, `${path}.field`);
  const approver = textAt(tree, `${path}.approver`);
  const read = new Map<unknown, string>(
    Object.entries(fieldDefinitions[kind]).map(([name, { defaultCode }]) => {
      const given = valueAt(tree, ["kintone", kind, "fields", name]);
      return [given === undefined ? defaultCode : given, name];
    }),
  );
  const finding = (part: string, other: string): Finding => ({
    path: `${path}.${part}`,
    message: {
      ja: `「${other}」と同じフィールドコードです。承認のための別のフィールドを指定してください。`,
      en: `Has the same field code as ${other}; name a field of its own for the approval.`,
    },
  });
  const twice = [
    { part: "field", code: field },
    { part: "approver", code: approver },
  ].flatMap(({ part, code }) => {
    const other = code === undefined ? undefined : read.get(code);
    return other === undefined ? [] : [finding(part, other)];
  });
  const isOne = approver !== undefined && approver === field;
  return isOne ? [...twice, finding("approver", "field")] : twice;
}

/** A record that leaves the query is gone, and its access with it: just what the gate is there against. */
function checkQuery({ tree }: Draft, kind: AppKind, path: string): readonly Finding[] {
  const field = textAt(tree, `${path}.field`);
  const query = textAt(tree, `kintone.query.${kind}`) ?? "";
  if (field === undefined || !namesField(query, field)) return [];
  const message = {
    ja: `「${field}」を条件に使わないでください。条件から外れたレコードは削除されたものとして扱われます。${path} だけで判定できます。`,
    en: `Must not name ${field}: a record that leaves the query counts as deleted. ${path} alone tells what counts.`,
  };
  return [{ path: `kintone.query.${kind}`, message }];
}
