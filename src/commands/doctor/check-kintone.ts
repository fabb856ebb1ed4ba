import {
  type AppLookSettings,
  type AppForm,
  countRecords,
  type KeyField,
  managesApp,
  readAppForm,
  readAppName,
  readCommentsSwitch,
} from "../../kintone/look-at-app.ts";
import type { Config } from "../../model/config.ts";
import type { AppKind } from "../../model/fields.ts";
import { gateChecks } from "./check-gates.ts";
import type { CheckOutcome, Subject } from "./checks.ts";
import { type Check, found } from "./run-checks.ts";

const kinds: readonly AppKind[] = ["permissionSets", "assignments"];

/** Looks at both apps: that they can be read, their fields, comments, what forbids mistakes, and how many records there are. */
export function kintoneChecks(settings: AppLookSettings, comments: Config["comments"]): readonly Check[] {
  const { config } = settings;
  const forms = new Map<AppKind, AppForm>();
  const subjectsOf = (check: Extract<Subject, { app: AppKind }>["check"]) => ({
    permissionSets: { check, app: "permissionSets" as const },
    assignments: { check, app: "assignments" as const },
  });
  const [apps, tokens, fields, switches, keyFields, records] = [
    subjectsOf("app"),
    subjectsOf("token"),
    subjectsOf("fields"),
    subjectsOf("comments"),
    subjectsOf("key-field"),
    subjectsOf("records"),
  ];
  return [
    ...kinds.map((kind) => ({
      subject: apps[kind],
      look: async () =>
        found("passed", "app.readable", { app: config[kind].app, name: await readAppName(settings, kind) }),
    })),
    ...kinds.map((kind) => ({
      subject: tokens[kind],
      after: apps[kind],
      look: () => lookAtRights(settings, kind),
    })),
    ...kinds.map((kind) => ({
      subject: fields[kind],
      after: apps[kind],
      look: async () => {
        const form = await readAppForm(settings, kind);
        forms.set(kind, form);
        return found("passed", "fields.usable", { app: config[kind].app, count: form.usableFields });
      },
    })),
    ...kinds.map((kind) => ({
      subject: switches[kind],
      after: apps[kind],
      look: () => lookAtComments(settings, kind, comments),
    })),
    ...kinds.map((kind) => ({
      subject: keyFields[kind],
      after: fields[kind],
      look: () => Promise.resolve(judgeKeyField(kind, forms.get(kind)?.keyField ?? { code: "" }, config)),
    })),
    ...gateChecks(settings, fields),
    ...kinds.map((kind) => ({
      subject: records[kind],
      after: apps[kind],
      look: async () =>
        found("passed", "records.counted", {
          app: config[kind].app,
          count: await countRecords(settings, kind),
        }),
    })),
  ];
}

/** These credentials should not be able to change who sees and edits what. */
async function lookAtRights(settings: AppLookSettings, kind: AppKind): Promise<CheckOutcome> {
  const { app } = settings.config[kind];
  return (await managesApp(settings, app))
    ? found("failed", "token.manages", { app })
    : found("passed", "token.narrow", { app });
}

async function lookAtComments(
  settings: AppLookSettings,
  kind: AppKind,
  comments: Config["comments"],
): Promise<CheckOutcome> {
  const { app } = settings.config[kind];
  if (comments === "off") return found("skipped", "comments.not-wanted", {});
  const state = await readCommentsSwitch(settings, kind);
  if (state === "on") return found("passed", "comments.on", { app });
  return state === "off"
    ? found("failed", "comments.off", { app })
    : found("skipped", "comments.unknown", { app });
}

function judgeKeyField(kind: AppKind, field: KeyField, config: Config["kintone"]): CheckOutcome {
  const { app } = config[kind];
  const { code } = field;
  if (kind === "assignments") return judgeLookup(field, config);
  if (field.unique === undefined) return found("failed", "name.no-unique-type", { app, code });
  return field.unique
    ? found("passed", "name.unique", { code })
    : found("failed", "name.not-unique", { app, code });
}

function judgeLookup({ code, lookup }: KeyField, config: Config["kintone"]): CheckOutcome {
  const { app } = config.assignments;
  if (lookup === undefined) return found("passed", "lookup.none", { code });
  const wanted = `${config.permissionSets.app}/${config.fields.permissionSets.name ?? ""}`;
  const actual = `${lookup.app}/${lookup.keyField}`;
  return actual === wanted
    ? found("passed", "lookup.right", { code })
    : found("failed", "lookup.elsewhere", { app, code, found: actual, wanted });
}
