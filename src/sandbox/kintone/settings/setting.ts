import type { AppSettings } from "../app-settings.ts";
import type { App, Domain } from "../kintone-domain.ts";
import type { Permission } from "../kintone-seed.ts";
import type { Parameters } from "../request-parameters.ts";

/** A change of an app's settings: what stands there, and what is sent. */
export interface SettingChange {
  readonly domain: Domain;
  readonly app: App;
  readonly settings: AppSettings;
  readonly parameters: Parameters;
  /** A token may not do everything that a person may. */
  readonly isToken: boolean;
}

/** One page of an app's settings: how it is read, live and in preview, and how it is changed. */
export interface Setting {
  /** What follows get and update in the names of the client's methods. */
  readonly name: string;
  /** One of these is needed to read what is live. */
  readonly readBy: readonly Permission[];
  readonly describe: (settings: AppSettings) => object;
  readonly update: (change: SettingChange) => AppSettings;
  /** What the answer to an update has beside the revision. */
  readonly answer?: (settings: AppSettings) => object;
}

/** A token or a person with one of these may read what everyone needs to work with an app. */
export const ANYONE: readonly Permission[] = ["view", "add"];
export const MANAGER: readonly Permission[] = ["manage"];
