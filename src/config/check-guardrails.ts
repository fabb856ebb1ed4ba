import { isTree, valueAt } from "./config-tree.ts";
import type { Finding } from "./finding.ts";

const parts = [
  "accounts",
  "permissionSets",
  "administratorClass",
  "runsAsOtherRoles",
  "dynamicTargets",
  "users",
  "groups",
];

/** Rules that the schema takes and that say nothing, or that cannot be told apart. */
export function checkGuardrails(tree: unknown): readonly Finding[] {
  const rules = valueAt(tree, ["guardrails", "rules"]);
  if (!Array.isArray(rules)) return [];
  const names = new Map<unknown, number>();
  return rules.flatMap((rule: unknown, index): readonly Finding[] => {
    if (!isTree(rule)) return [];
    const path = `guardrails.rules.${index}`;
    const first = names.get(rule["name"]);
    if (first === undefined) names.set(rule["name"], index);
    const isEmpty = parts.every((part) => rule[part] === undefined);
    const isDouble = rule["users"] !== undefined && rule["groups"] !== undefined;
    return [
      ...(isLimitOnDeny(rule) ? [{ path, message: limitOnDeny }] : []),
      ...(isEmpty ? [{ path, message: empty }] : []),
      ...(isDouble ? [{ path, message: usersAndGroups }] : []),
      ...(first === undefined || rule["name"] === undefined
        ? []
        : [{ path: `${path}.name`, message: doubleName }]),
    ];
  });
}

const empty = {
  ja: `${parts.join("、")}のうち1つ以上を指定してください。すべてに当てはまる規則はguardrails.defaultで指定します。`,
  en: `Must have at least one of ${parts.join(", ")}; guardrails.default is the rule for everything.`,
};

function isLimitOnDeny({ effect, maxDuration, requireEnd }: Readonly<Record<string, unknown>>): boolean {
  return effect === "deny" && (maxDuration ?? requireEnd) !== undefined;
}

const limitOnDeny = {
  ja: "maxDurationとrequireEndは、effectがallowの規則に指定してください。",
  en: "Cannot have maxDuration or requireEnd with the effect deny: they limit what a rule allows.",
};

const usersAndGroups = {
  ja: "usersとgroupsは同じ規則に指定できません。規則を2つに分けてください。",
  en: "Cannot have both users and groups: write two rules.",
};

const doubleName = {
  ja: "同じ名前の規則が上にあります。レコードへのコメントで区別できるように、別の名前を付けてください。",
  en: "Is the name of a rule above: each needs its own, by which comments on records name it.",
};
