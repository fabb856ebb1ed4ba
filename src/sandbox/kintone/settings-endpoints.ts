import type { Call } from "./call.ts";
import { checkNotDeploying, checkSettingsRevision, deployNow } from "./deploy-app.ts";
import type { AppSettings } from "./app-settings.ts";
import type { Endpoint } from "./endpoints.ts";
import { type Parameters, readChoice, readInteger } from "./request-parameters.ts";
import { addFields, deleteFields } from "./settings/form-fields.ts";
import { MANAGER, type Setting, type SettingChange } from "./settings/setting.ts";
import { SETTINGS } from "./settings/settings.ts";

/** Permissions are the only settings that can be changed outside the preview. */
const CHANGED_LIVE = new Set(["app/acl.json", "record/acl.json", "field/acl.json"]);

/** The endpoints of an app's settings, by method and path. */
export const SETTINGS_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  ...Object.fromEntries(Object.entries(SETTINGS).flatMap(([path, setting]) => endpointsOf(path, setting))),
  "POST preview/app/form/fields.json": {
    operation: "addFormFields",
    permissions: MANAGER,
    isPreview: true,
    answer: (call) => change(call, addFields),
  },
  "DELETE preview/app/form/fields.json": {
    operation: "deleteFormFields",
    permissions: MANAGER,
    isPreview: true,
    answer: (call) => change(call, deleteFields),
  },
};

function endpointsOf(path: string, setting: Setting): [string, Endpoint][] {
  const { name, readBy, describe, update, answer } = setting;
  const endpoints: [string, Endpoint][] = [
    [
      `GET ${path}`,
      {
        operation: `get${name}`,
        permissions: readBy,
        answer: ({ app, parameters }) => {
          checkLanguage(parameters);
          return { body: { ...describe(app.live), revision: String(app.liveRevision) } };
        },
      },
    ],
    [
      `GET preview/${path}`,
      {
        operation: `get${name}`,
        permissions: MANAGER,
        isPreview: true,
        answer: ({ app, parameters }) => {
          checkLanguage(parameters);
          return { body: { ...describe(app.preview), revision: String(app.revision) } };
        },
      },
    ],
    [
      `PUT preview/${path}`,
      {
        operation: `update${name}`,
        permissions: MANAGER,
        isPreview: true,
        answer: (call) => change(call, update, answer),
      },
    ],
  ];
  if (CHANGED_LIVE.has(path))
    endpoints.push([
      `PUT ${path}`,
      { operation: `update${name}`, permissions: MANAGER, answer: (call) => changeLive(call, update) },
    ]);
  return endpoints;
}

/** The names that are translated come in the language of the domain, whichever is asked for. Throws CB_VA01. */
function checkLanguage(parameters: Parameters): void {
  readChoice(parameters, "lang", ["default", "user", "ja", "en", "zh"], "default");
}

function change(
  { domain, app, actor, parameters }: Call,
  update: (change: SettingChange) => AppSettings,
  answer: Setting["answer"] = () => ({}),
) {
  checkNotDeploying(app);
  checkSettingsRevision(app, readInteger(parameters, "revision"));
  app.preview = update({
    domain,
    app,
    settings: app.preview,
    parameters,
    isToken: actor.person === undefined,
  });
  app.revision += 1;
  return { body: { ...answer(app.preview), revision: String(app.revision) } };
}

/** What waits in preview goes live with it, whichever caller put it there. */
function changeLive(call: Call, update: (change: SettingChange) => AppSettings) {
  const answered = change(call, update);
  deployNow(call.app);
  return answered;
}
