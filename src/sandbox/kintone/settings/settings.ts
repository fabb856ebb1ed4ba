import { FORM_FIELDS } from "./form-fields.ts";
import { FORM_LAYOUT } from "./form-layout.ts";
import { ADMIN_NOTES, GENERAL_SETTINGS } from "./general-settings.ts";
import { GENERAL_NOTIFICATIONS, PER_RECORD_NOTIFICATIONS, REMINDER_NOTIFICATIONS } from "./notifications.ts";
import { APP_PERMISSIONS, FIELD_PERMISSIONS, RECORD_PERMISSIONS } from "./permissions.ts";
import { PROCESS_MANAGEMENT } from "./process-management.ts";
import type { Setting } from "./setting.ts";
import { VIEWS } from "./views.ts";

/** The settings of an app by their path, which is the same live and, after `preview/`, in preview. */
export const SETTINGS: Readonly<Record<string, Setting>> = {
  "app/form/fields.json": FORM_FIELDS,
  "app/form/layout.json": FORM_LAYOUT,
  "app/views.json": VIEWS,
  "app/settings.json": GENERAL_SETTINGS,
  "app/status.json": PROCESS_MANAGEMENT,
  "app/acl.json": APP_PERMISSIONS,
  "record/acl.json": RECORD_PERMISSIONS,
  "field/acl.json": FIELD_PERMISSIONS,
  "app/notifications/general.json": GENERAL_NOTIFICATIONS,
  "app/notifications/perRecord.json": PER_RECORD_NOTIFICATIONS,
  "app/notifications/reminder.json": REMINDER_NOTIFICATIONS,
  "app/adminNotes.json": ADMIN_NOTES,
};
