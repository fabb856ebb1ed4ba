import type { Entity, EntityRight } from "../app-settings.ts";
import type { App, Domain } from "../kintone-domain.ts";
import { entityNotFound, fieldNotFound, invalidParameter, REQUIRED_PARAMETER } from "../kintone-api-error.ts";
import type { KintoneSeed } from "../kintone-seed.ts";
import { type Parameters, readChoice, readFlag, readObject, readText } from "../request-parameters.ts";

const USER_FIELDS = new Set(["USER_SELECT", "GROUP_SELECT", "ORGANIZATION_SELECT", "CREATOR", "MODIFIER"]);

/**
 * Reads whom a right or a notice is for. Throws CB_VA01, GAIA_IL26 to 28 for an unknown entity, GAIA_FC01
 * for a field that is none of users.
 */
export function readEntity(
  domain: Domain,
  app: App,
  parameters: Parameters,
  types: readonly Entity["type"][],
): EntityRight {
  const sent = readObject(parameters, "entity");
  const type = readChoice(sent, "type", types);
  const code = readText(sent, "code", "");
  checkEntity(domain, app, type, code);
  return {
    entity: { type, ...(type !== "CREATOR" && { code }) },
    includeSubs: readFlag(parameters, "includeSubs", false),
  };
}

function checkEntity(domain: Domain, app: App, type: Entity["type"], code: string): void {
  if (type === "CREATOR") return;
  if (code === "") throw invalidParameter("entity.code", REQUIRED_PARAMETER);
  if (type === "FIELD_ENTITY" || type === "CUSTOM_FIELD") {
    if (!USER_FIELDS.has(app.preview.fields.get(code)?.type ?? "")) throw fieldNotFound(code);
    return;
  }
  if (!namesOf(domain.seed, type).includes(code)) throw entityNotFound(type, code);
}

function namesOf(
  { users, groups = [], organizations = [] }: KintoneSeed,
  type: "USER" | "GROUP" | "ORGANIZATION",
): readonly string[] {
  if (type === "GROUP") return ["everyone", ...groups.map(({ code }) => code)];
  return (type === "USER" ? users : organizations).map(({ code }) => code);
}
