import type { AppRight, Entity, EntityRight, FieldRight } from "./app-settings.ts";
import type { App, Domain, StoredRecord } from "./kintone-domain.ts";
import type { Named, Permission, UserSeed } from "./kintone-seed.ts";
import { renderRecord } from "./render-record.ts";
import { matchesCondition } from "./select-records.ts";

const PERMISSIONS = {
  view: "recordViewable",
  add: "recordAddable",
  edit: "recordEditable",
  delete: "recordDeletable",
  manage: "appEditable",
} as const satisfies Record<Permission, keyof AppRight>;

/** Whether an app's own rights give a user one of the permissions there. */
export function hasAppPermission(app: App, user: UserSeed, permissions: readonly Permission[]): boolean {
  if (app.seed.acl?.usersWithoutAccess?.includes(user.code) === true) return false;
  if (user.administrator === true && permissions.includes("manage")) return true;
  const right = findRight(app, user, app.live.appRights);
  return permissions.some((permission) => right?.[PERMISSIONS[permission]] === true);
}

/** Whether the rights over records let a user do something with a record, where its app lets them do it at all. */
export function hasRecordRight(
  domain: Domain,
  app: App,
  user: UserSeed,
  id: number,
  right: "viewable" | "editable" | "deletable",
): boolean {
  if (app.seed.acl?.hiddenRecords?.[user.code]?.includes(id) === true) return false;
  const record = app.records.get(id);
  if (record === undefined || app.live.recordRights.length === 0) return true;
  const rule = app.live.recordRights.find(({ filterCond }) =>
    matchesCondition(domain, app, filterCond, record, user.code),
  );
  return rule === undefined || findRight(app, user, rule.entities, record)?.[right] === true;
}

/** Whether the rights over fields let a user see or change a field. */
export function hasFieldRight(app: App, user: UserSeed, code: string, wanted: "READ" | "WRITE"): boolean {
  if (app.seed.acl?.hiddenFields?.[user.code]?.includes(code) === true) return false;
  const rule: FieldRight | undefined = app.live.fieldRights.find((right) => right.code === code);
  if (rule === undefined) return true;
  const { accessibility = "NONE" } = findRight(app, user, rule.entities) ?? {};
  return accessibility === "WRITE" || accessibility === wanted;
}

/** Whether a user is an entity, is in it, or stands in the record's field that it names. */
export function isEntity(
  app: App,
  user: UserSeed,
  { type, code = "" }: Entity,
  record?: StoredRecord,
): boolean {
  const codes = {
    USER: [user.code],
    GROUP: ["everyone", ...(user.groups ?? [])],
    ORGANIZATION: user.organizations ?? [],
  };
  if (type === "CREATOR") return app.creator.code === user.code;
  if (type === "FIELD_ENTITY" || type === "CUSTOM_FIELD")
    return record !== undefined && usersInField(app, record, code).some((named) => named.code === user.code);
  return codes[type].includes(code);
}

/** The users of an entity of process management. */
export function usersOf(
  domain: Domain,
  app: App,
  entities: readonly EntityRight[],
  record: StoredRecord,
): readonly Named[] {
  return [...domain.users.values()]
    .filter((user) => entities.some(({ entity }) => isEntity(app, user, entity, record)))
    .map(({ code, name }) => ({ code, name }));
}

/** The first entity that is the user decides; everyone counts last, wherever it stands. */
function findRight<Right extends EntityRight>(
  app: App,
  user: UserSeed,
  rights: readonly Right[],
  record?: StoredRecord,
): Right | undefined {
  const isEveryone = ({ entity }: Right) => entity.type === "GROUP" && entity.code === "everyone";
  return (
    rights.find((right) => !isEveryone(right) && isEntity(app, user, right.entity, record)) ??
    rights.find(isEveryone)
  );
}

function usersInField(app: App, record: StoredRecord, code: string): readonly Named[] {
  const value = renderRecord(app, record, (field) => field === code)[code]?.value;
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item): item is Named => typeof item === "object" && item !== null && "code" in item);
}
