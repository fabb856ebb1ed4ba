import type { Language } from "../../model/config.ts";
import type { Paint } from "../../report/paint.ts";
import { trustTexts } from "../../words/trust-texts.ts";

/** Whose tokens a role lets in, and what it may do. */
export interface RoleDescription {
  readonly issuer: string;
  readonly audience: string;
  readonly subjects: readonly string[];
  readonly trustPolicy: object;
  readonly permissionPolicy: object;
}

/** What `doctor --trust` prints: the claims of the tokens, and both policies as JSON to be copied. */
export function renderTrust(role: RoleDescription, language: Language, paint: Paint): string {
  const texts = trustTexts(language);
  const [first = "", ...others] = role.subjects;
  const subjects =
    others.length === 0 ? [first] : [`(${texts.oneOf})`, ...role.subjects.map((subject) => `    ${subject}`)];
  return [
    paint.heading(texts.token),
    `  iss ${role.issuer}`,
    `  aud ${role.audience}`,
    `  sub ${subjects.join("\n")}`,
    "",
    paint.heading(texts.trustPolicy),
    JSON.stringify(role.trustPolicy, null, 2),
    "",
    paint.heading(texts.permissionPolicy),
    JSON.stringify(role.permissionPolicy, null, 2),
    "",
  ].join("\n");
}
