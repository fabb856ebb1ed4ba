import { asPreview } from "../kintone-domain.ts";
import { fieldNotFound, invalidParameter, type Message } from "../kintone-api-error.ts";
import {
  type Parameters,
  readBoundedText,
  readFlag,
  readInteger,
  readObject,
  readObjects,
  readText,
  requiring,
} from "../request-parameters.ts";
import { checkCondition } from "../select-records.ts";
import { readEntity } from "./entities.ts";
import { MANAGER, type Setting, type SettingChange } from "./setting.ts";

const RECEIVERS = ["USER", "GROUP", "ORGANIZATION", "FIELD_ENTITY"] as const;
const MAX_TITLE = 100;
const MAX_DAYS = 10_000;
const TIMED = new Set(["DATE", "DATETIME", "CREATED_TIME", "UPDATED_TIME"]);
const NOT_IN_RANGE: Message = { ja: "値が範囲外です。", en: "The value is out of range." };
const NOT_A_TIME: Message = {
  ja: "時刻は10分単位で指定してください。",
  en: "The time must be a multiple of 10 minutes.",
};

/** Who is told about what happens in the app. */
export const GENERAL_NOTIFICATIONS: Setting = {
  name: "GeneralNotifications",
  readBy: MANAGER,
  describe: ({ generalNotifications }) => generalNotifications,
  update: (change) => {
    const { settings, parameters } = change;
    const before = settings.generalNotifications;
    const notifications =
      parameters["notifications"] === undefined ? before.notifications : readGeneral(change);
    const notifyToCommenter = readFlag(parameters, "notifyToCommenter", before.notifyToCommenter);
    return { ...settings, generalNotifications: { notifications, notifyToCommenter } };
  },
};

/** Who is told when a record comes to meet a condition. */
export const PER_RECORD_NOTIFICATIONS: Setting = {
  name: "PerRecordNotifications",
  readBy: MANAGER,
  describe: ({ perRecordNotifications }) => ({ notifications: perRecordNotifications }),
  update: (change) => ({
    ...change.settings,
    perRecordNotifications: readObjects(requiring(change.parameters, "notifications"), "notifications").map(
      (sent) => readConditional(change, sent),
    ),
  }),
};

/** Who is told some time before or after a date that stands in a record. */
export const REMINDER_NOTIFICATIONS: Setting = {
  name: "ReminderNotifications",
  readBy: MANAGER,
  describe: ({ reminderNotifications }) => reminderNotifications,
  update: (change) => {
    const { settings, parameters } = change;
    const before = settings.reminderNotifications;
    const notifications =
      parameters["notifications"] === undefined
        ? before.notifications
        : readObjects(parameters, "notifications").map((sent) => ({
            timing: readTiming(change, readObject(sent, "timing")),
            ...readConditional(change, sent),
          }));
    const timezone = readText(parameters, "timezone", before.timezone);
    return { ...settings, reminderNotifications: { notifications, timezone } };
  },
};

function readGeneral({ domain, app, parameters }: SettingChange): readonly object[] {
  return readObjects(parameters, "notifications").map((sent) => ({
    ...readEntity(domain, app, sent, RECEIVERS),
    recordAdded: readFlag(sent, "recordAdded", false),
    recordEdited: readFlag(sent, "recordEdited", false),
    commentAdded: readFlag(sent, "commentAdded", false),
    statusChanged: readFlag(sent, "statusChanged", false),
    fileImported: readFlag(sent, "fileImported", false),
  }));
}

function readConditional({ domain, app }: SettingChange, sent: Parameters): object {
  const filterCond = readText(sent, "filterCond", "");
  checkCondition(domain, asPreview(app), filterCond);
  const title = readBoundedText(sent, "title", { max: MAX_TITLE });
  const targets = readObjects(sent, "targets").map((target) => readEntity(domain, app, target, RECEIVERS));
  return { filterCond, title, targets };
}

function readTiming({ settings }: SettingChange, sent: Parameters): object {
  const code = readText(sent, "code", "");
  if (!TIMED.has(settings.fields.get(code)?.type ?? "")) throw fieldNotFound(code);
  const daysLater = readInteger(sent, "daysLater") ?? 0;
  if (Math.abs(daysLater) > MAX_DAYS) throw invalidParameter("timing.daysLater", NOT_IN_RANGE);
  const timing = { code, daysLater: String(daysLater) };
  const hoursLater = readInteger(sent, "hoursLater");
  if (hoursLater !== undefined) return { ...timing, hoursLater: String(hoursLater) };
  const time = readText(sent, "time", "");
  if (!/^(?:[01]\d|2[0-3]):[0-5]0$/.test(time)) throw invalidParameter("timing.time", NOT_A_TIME);
  return { ...timing, time };
}
