import type { ImportPlan, LeftOut, SetImport } from "../../importing/plan-import.ts";
import type { Language } from "../../model/config.ts";
import type { Directory } from "../../model/directory.ts";
import type { Paint } from "../../report/paint.ts";
import { safeLine } from "../../report/safe-text.ts";
import { importTexts } from "../../words/import-texts.ts";

/** Set by set what records can say and what they cannot, and the proof. */
export function renderImport(
  plan: ImportPlan,
  directory: Directory,
  language: Language,
  paint: Paint,
): string {
  const texts = importTexts(language);
  const nameOf = namesIn(directory);
  const sets = plan.sets.flatMap((set) => {
    const mark = set.kind === "imported" ? paint.create("✓") : paint.dim("–");
    const found = texts[set.kind === "out-of-reach" ? "outOfReach" : "stays"];
    const head = set.kind === "imported" ? texts.imported(set.assignments) : found;
    return [`${mark} ${safeLine(set.name)}: ${head}`, ...whyNot(set, nameOf, language)];
  });
  const { length: added } = plan.permissionSets;
  const isNothing = plan.sets.every(({ kind }) => kind !== "imported");
  return [
    ...sets,
    "",
    ...(plan.ours === 0 ? [] : [texts.ours(plan.ours)]),
    ...(isNothing
      ? [texts.nothing]
      : [texts.records(added, plan.assignments.length), texts.proof(plan.proven)]),
    "",
  ].join("\n");
}

function whyNot(set: SetImport, nameOf: (row: LeftOut) => string, language: Language): readonly string[] {
  const texts = importTexts(language);
  return [
    ...(set.obstacle === undefined ? [] : [`    ${texts.obstacles[set.obstacle]}`]),
    ...set.leftOut.map((row) => `    ${safeLine(nameOf(row))}: ${texts.leftOut[row.reason]}`),
    ...(set.flaws.length === 0 ? [] : [`    ${texts.flaws(set.flaws)}`]),
  ];
}

function namesIn({ users, groups, accounts }: Directory): (row: LeftOut) => string {
  const principals = new Map<string, string>([
    ...users.map(({ id, userName }) => [id, userName] as const),
    ...groups.map(({ id, displayName }) => [id, displayName] as const),
  ]);
  const names = new Map<string, string>(accounts.map(({ id, name }) => [id, name]));
  return ({ assignment: { account, principal } }) =>
    `${principals.get(principal.id) ?? principal.id} → ${names.get(account) ?? account}`;
}
