import type { AppSettings, GeneralSettings } from "../app-settings.ts";
import { fieldNotFound } from "../kintone-api-error.ts";
import {
  type Parameters,
  readBoundedText,
  readChoice,
  readFlag,
  readObject,
  readText,
} from "../request-parameters.ts";
import { ANYONE, MANAGER, type Setting } from "./setting.ts";

const MAX_NAME = 64;
const MAX_DESCRIPTION = 10_000;
const THEMES = [
  "WHITE",
  "CLIPBOARD",
  "BINDER",
  "PENCIL",
  "CLIPS",
  "RED",
  "GREEN",
  "BLUE",
  "YELLOW",
  "BLACK",
] as const;

/** Name, description, look and what can be done with records; what is not sent stays. */
export const GENERAL_SETTINGS: Setting = {
  name: "AppSettings",
  readBy: ANYONE,
  describe: ({ general }) => general,
  update: ({ settings, parameters }) => ({ ...settings, general: readGeneral(settings, parameters) }),
};

/** The notes that only those who manage the app see. */
export const ADMIN_NOTES: Setting = {
  name: "AdminNotes",
  readBy: MANAGER,
  describe: ({ adminNotes }) => adminNotes,
  update: ({ settings, parameters }) => {
    const { content, includeInTemplateAndDuplicates } = settings.adminNotes;
    return {
      ...settings,
      adminNotes: {
        content: has(parameters, "content")
          ? readBoundedText(parameters, "content", { max: MAX_DESCRIPTION })
          : content,
        includeInTemplateAndDuplicates: readFlag(
          parameters,
          "includeInTemplateAndDuplicates",
          includeInTemplateAndDuplicates,
        ),
      },
    };
  },
};

function readGeneral(settings: AppSettings, sent: Parameters): GeneralSettings {
  const before = settings.general;
  const flag = (name: keyof GeneralSettings & `enable${string}`) => readFlag(sent, name, before[name]);
  return {
    name: has(sent, "name") ? readBoundedText(sent, "name", { min: 1, max: MAX_NAME }) : before.name,
    description: has(sent, "description")
      ? readBoundedText(sent, "description", { max: MAX_DESCRIPTION })
      : before.description,
    icon: has(sent, "icon") ? readObject(sent, "icon") : before.icon,
    theme: has(sent, "theme") ? readChoice(sent, "theme", THEMES) : before.theme,
    titleField: has(sent, "titleField") ? readTitleField(settings, sent) : before.titleField,
    enableThumbnails: flag("enableThumbnails"),
    enableBulkDeletion: flag("enableBulkDeletion"),
    enableComments: flag("enableComments"),
    enableDuplicateRecord: flag("enableDuplicateRecord"),
    enableInlineRecordEditing: flag("enableInlineRecordEditing"),
    numberPrecision: has(sent, "numberPrecision") ? readPrecision(sent) : before.numberPrecision,
    firstMonthOfFiscalYear: readText(sent, "firstMonthOfFiscalYear", before.firstMonthOfFiscalYear),
  };
}

function readPrecision(parameters: Parameters): Parameters {
  const sent = readObject(parameters, "numberPrecision");
  readChoice(sent, "roundingMode", ["HALF_EVEN", "UP", "DOWN"], "HALF_EVEN");
  return sent;
}

function readTitleField({ fields }: AppSettings, parameters: Parameters): GeneralSettings["titleField"] {
  const sent = readObject(parameters, "titleField");
  const selectionMode = readChoice(sent, "selectionMode", ["AUTO", "MANUAL"]);
  if (selectionMode === "AUTO") return { selectionMode };
  const code = readText(sent, "code", "");
  if (!fields.has(code)) throw fieldNotFound(code);
  return { selectionMode, code };
}

function has(parameters: Parameters, name: string): boolean {
  return parameters[name] !== undefined;
}
