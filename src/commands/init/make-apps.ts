import type { Language } from "../../model/config.ts";
import {
  type AppDescription,
  describeApp,
  type SystemCodes,
  type AppPeople,
} from "../../apps/describe-app.ts";
import { type Extent, missingSettings, type PartToWrite } from "../../apps/missing-settings.ts";
import { PassError } from "../../errors.ts";
import type { AppMaker } from "../../kintone/app-settings.ts";
import type { AppIds, AppSettings, MadeAppKind } from "../../model/made-app.ts";
import type { Clock } from "../../ports.ts";
import { appTexts } from "../../words/app-texts.ts";
import { deployApp, isLive } from "./deploy-app.ts";
import { findLostApp } from "./find-lost-app.ts";
import type { ProgressStore } from "./init-progress.ts";

/** What apps are made with and of. */
export interface Making {
  readonly maker: AppMaker;
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly choices: AppPeople;
  readonly kinds: readonly MadeAppKind[];
  /** Apps that existed before and were made by others. */
  readonly given: AppIds;
  readonly space: number | undefined;
  readonly progress: ProgressStore;
  /** Called before each write, with the app's number where it has one. */
  readonly onStep?: (kind: MadeAppKind, step: string, app?: number) => void;
}

/** What one app lacks. */
export interface AppLook {
  readonly kind: MadeAppKind;
  readonly description: AppDescription;
  /** Undefined for an app that is still to be made. */
  readonly app: number | undefined;
  readonly extent: Extent;
  readonly missing: readonly PartToWrite[];
}

/** What others look up has to be live before them. */
export const makingOrder: readonly MadeAppKind[] = [
  "accounts",
  "groups",
  "permissionSets",
  "assignments",
  "reviews",
];

/** What would be made; only looks. Throws a PassError. */
export async function lookAtApps(making: Making): Promise<readonly AppLook[]> {
  const { maker, given, progress } = making;
  const known = { ...progress.load().apps, ...given };
  const looks: AppLook[] = [];
  for (const kind of kindsOf(making)) {
    const app = known[kind];
    const actual = app === undefined ? undefined : await maker.read(app, "preview");
    // Lookups of apps that are to be made name no number yet.
    const ids = Object.fromEntries(making.kinds.map((each) => [each, known[each] ?? 0]));
    const description = describe(making, kind, ids, actual);
    const extent = extentOf(making, kind);
    const missing = actual === undefined ? [] : missingSettings(description, actual, extent);
    looks.push({ kind, description, app, extent, missing });
  }
  return looks;
}

/** Makes what is missing, step by step, each looked at before: it can be run again after any of them. Throws a PassError. */
export async function makeApps(making: Making): Promise<AppIds> {
  const ids: Partial<Record<MadeAppKind, number>> = {};
  for (const kind of kindsOf(making)) {
    const app = await obtainApp(making, kind);
    await settleApp(making, kind, app, ids);
    ids[kind] = app;
  }
  // Who has access is shown once there is an app that says so.
  for (const kind of kindsOf(making))
    if (showsHolders(kind)) await settleApp(making, kind, ids[kind] ?? 0, ids);
  return ids;
}

function showsHolders(kind: MadeAppKind): boolean {
  return kind !== "assignments" && kind !== "reviews";
}

function kindsOf({ kinds }: Making): readonly MadeAppKind[] {
  return makingOrder.filter((kind) => kinds.includes(kind));
}

function extentOf({ given }: Making, kind: MadeAppKind): Extent {
  return given[kind] === undefined ? "whole" : "missing";
}

function describe(
  { choices }: Making,
  kind: MadeAppKind,
  ids: AppIds,
  actual: AppSettings | undefined,
): AppDescription {
  return describeApp(kind, { ...choices, ids }, systemCodesIn(actual, choices));
}

/** The codes are in the language of the user who made the app. */
function systemCodesIn(
  actual: AppSettings | undefined,
  { language }: { readonly language: Language },
): SystemCodes {
  const properties = Object.values(actual?.fields["properties"] ?? {}) as readonly {
    type: string;
    code: string;
  }[];
  const usual = language === "ja" ? "作成者" : "Created_by";
  return { creator: properties.find(({ type }) => type === "CREATOR")?.code ?? usual };
}

/** The app's number: given, made before, or made now. Before kintone is asked for an app, that it is asked is kept. */
async function obtainApp(making: Making, kind: MadeAppKind): Promise<number> {
  const { maker, given, progress, space, choices, onStep } = making;
  const before = progress.load();
  const known = given[kind] ?? before.apps[kind];
  if (known !== undefined) return known;
  const { name } = appTexts(choices.language, kind);
  const keep = (app: number): number => {
    const { asked: _, ...rest } = progress.load();
    progress.save({ ...rest, apps: { ...rest.apps, [kind]: app } });
    return app;
  };
  if (before.asked?.kind === kind) {
    const lost = await findLostApp(making, name, before.asked.after);
    if (lost !== undefined) return keep(lost);
  }
  const after = Math.max(await maker.lastApp(), 0, ...Object.values(before.apps));
  progress.save({ ...before, asked: { kind, after } });
  onStep?.(kind, "app");
  const written = await maker.addApp(name, space);
  if (written.kind === "done") return keep(written.answer);
  if (written.kind === "refused") {
    progress.save({ apps: before.apps });
    throw written.error;
  }
  const lost = await findLostApp(making, name, after);
  if (lost !== undefined) return keep(lost);
  throw new PassError("kintone.app-answer-lost", { name });
}

/** More than what one look finds is looked for as often: answers are lost, deploys of others come in between. */
const mostRounds = 4;

async function settleApp(making: Making, kind: MadeAppKind, app: number, ids: AppIds): Promise<void> {
  const { maker } = making;
  const extent = extentOf(making, kind);
  for (let round = 0; round < mostRounds; round += 1) {
    const actual = await maker.read(app, "preview");
    const missing = missingSettings(describe(making, kind, ids, actual), actual, extent);
    if (missing.length === 0) {
      if (extent === "missing" && round === 0) return;
      return deployApp(making, kind, app);
    }
    if (extent === "missing" && !(await isLive(maker, app, actual)))
      throw new PassError("kintone.changes-waiting", { appId: app });
    await writeParts(making, kind, app, { missing, revision: actual.settings["revision"] });
  }
  throw new PassError("kintone.settings-overtaken", { appId: app });
}

async function writeParts(
  { maker, clock, onStep }: Making,
  kind: MadeAppKind,
  app: number,
  start: { readonly missing: readonly PartToWrite[]; readonly revision: unknown },
): Promise<void> {
  let { revision } = start;
  for (const { part, body } of start.missing) {
    onStep?.(kind, part, app);
    const written = await maker.write(app, part, { ...body, revision });
    if (written.kind === "overtaken") throw new PassError("kintone.settings-overtaken", { appId: app });
    if (written.kind === "lost") return;
    if (written.kind === "refused") {
      // While a deploy is under way no settings can be changed.
      if ((await maker.deployStatus(app)) !== "PROCESSING") throw written.error;
      await clock.sleep(2_000);
      return;
    }
    revision = (written.answer as { readonly revision?: unknown }).revision;
  }
}
