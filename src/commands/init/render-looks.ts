import type { Language } from "../../model/config.ts";
import { appTexts } from "../../words/app-texts.ts";
import { initTexts, type InitTexts } from "../../words/init-texts.ts";
import { safeLine } from "../../report/safe-text.ts";
import type { AppLook } from "./make-apps.ts";

/** What would be made, app by app. */
export function renderLooks(
  looks: readonly AppLook[],
  {
    language,
    space,
    setAuthors,
  }: { readonly language: Language; readonly space: number | undefined; readonly setAuthors: string },
): readonly string[] {
  const texts = initTexts(language);
  return looks.flatMap((look) => {
    const name = appTexts(language, look.kind).name;
    if (look.app !== undefined && look.missing.length === 0) return [texts.there(name, look.app)];
    if (look.app !== undefined && look.extent === "missing")
      return [texts.lacks(name, look.app), ...whatIsMissing(look, texts)];
    const head =
      look.app === undefined
        ? texts.toMake(name) + (space === undefined ? "" : texts.inSpace(space))
        : texts.goesOn(name, look.app);
    const group = setAuthors === "" ? texts.onlyYou : setAuthors;
    const { fields, views } = look.description.settings;
    return [
      head,
      `    ${texts.fields}: ${labelsIn(fields["properties"])}`,
      `    ${texts.views}: ${Object.keys(views["views"] ?? {}).join(", ")}`,
      `    ${texts.rights[look.kind](group)}`,
    ].map(safeLine);
  });
}

function whatIsMissing({ missing }: AppLook, texts: InitTexts): readonly string[] {
  return missing.map(({ part, body }) =>
    part === "fields" ? `    ${texts.fields}: ${labelsIn(body["properties"])}` : `    ${texts.comments}`,
  );
}

/** `Label (code)` of each field. */
function labelsIn(properties: unknown): string {
  const fields = Object.values(
    (properties ?? {}) as Readonly<Record<string, { label: string; code: string }>>,
  );
  return fields.map(({ label, code }) => `${label} (${code})`).join(", ");
}
