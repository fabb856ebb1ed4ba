import type { App, Deployment, Domain } from "./kintone-domain.ts";
import {
  appNotFound,
  beingDeployed,
  invalidParameter,
  REQUIRED_PARAMETER,
  settingsConflict,
} from "./kintone-api-error.ts";
import type { FormProperty } from "./kintone-seed.ts";

const MAX_APPS = 300;

/** An app to deploy; without a revision, or with -1, whatever its settings are. */
export interface DeployTarget {
  readonly app: App;
  readonly revision: number | undefined;
}

/**
 * Begins to make the settings of apps live, or with `revert` to throw away what is not live; either is done some time
 * later. Throws CB_VA01, GAIA_CO03, and kintone's error for an app whose deploy is not done.
 */
export function startDeploy(domain: Domain, targets: readonly DeployTarget[], revert: boolean): void {
  if (targets.length === 0) throw invalidParameter("apps", REQUIRED_PARAMETER);
  if (targets.length > MAX_APPS)
    throw invalidParameter("apps", {
      ja: "一度に300件までのアプリを指定できます。",
      en: "A maximum of 300 apps can be specified at one time.",
    });
  for (const { app, revision } of targets) {
    checkNotDeploying(app);
    checkSettingsRevision(app, revision);
  }
  const begin = domain.now().getTime();
  const apps = targets.map(({ app }) => app.seed.id);
  for (const { app } of targets)
    app.deployment = {
      revert,
      staleUntil: begin + domain.deployMs / 3,
      doneAt: begin + domain.deployMs,
      apps,
      status: "PROCESSING",
    };
}

/** The status as kintone tells it: for a while after the beginning still the one of the deploy before. */
export function readDeployStatus({ now }: Domain, app: App): Deployment["status"] {
  const { deployment } = app;
  if (deployment?.status === "PROCESSING" && now().getTime() < deployment.staleUntil) return "SUCCESS";
  return deployment?.status ?? "SUCCESS";
}

/** Carries out the deploys whose time has come: of the apps of one deploy all or none. */
export function finishDeploys(domain: Domain): void {
  for (const { deployment } of domain.apps.values()) {
    if (deployment?.status !== "PROCESSING" || domain.now().getTime() < deployment.doneAt) continue;
    finish(
      domain,
      deployment.apps.flatMap((id) => domain.apps.get(id) ?? []),
      deployment.revert,
    );
  }
}

/** Throws while a deploy of the app is not done. */
export function checkNotDeploying(app: App): void {
  if (app.deployment?.status === "PROCESSING") throw beingDeployed(app.seed.id);
}

/** Throws GAIA_CO03 when the settings have another revision than the one given. */
export function checkSettingsRevision(app: App, revision: number | undefined): void {
  if (revision !== undefined && revision !== -1 && revision !== app.revision) throw settingsConflict();
}

/** Makes an app's settings live at once. */
export function deployNow(app: App): void {
  app.live = app.preview;
  app.liveRevision = app.revision;
}

/** Finds an app whose settings are live. Throws GAIA_AP01. */
export function findLiveApp(domain: Domain, id: number): App {
  const app = domain.apps.get(id);
  if (app?.liveRevision === undefined) throw appNotFound(id);
  return app;
}

function finish(domain: Domain, apps: readonly App[], revert: boolean): void {
  const failing = revert ? [] : apps.filter((app) => !canBeLive(domain, app));
  for (const app of apps) {
    if (app.deployment === undefined) continue;
    if (failing.length > 0) app.deployment.status = failing.includes(app) ? "FAIL" : "CANCEL";
    else {
      app.deployment.status = "SUCCESS";
      if (revert) app.preview = app.live;
      else deployNow(app);
    }
  }
}

/** Duplicate values under a unique field and lookups without a unique key are found only here. */
function canBeLive(domain: Domain, app: App): boolean {
  const fields = [...app.preview.fields.values()];
  const columns = fields.flatMap((field) => [field, ...Object.values(field.fields ?? {})]);
  return (
    fields.every((field) => !hasDuplicates(app, field)) && columns.every((field) => hasKey(domain, field))
  );
}

function hasDuplicates(app: App, { unique, code }: FormProperty): boolean {
  if (unique !== true) return false;
  const values = [...app.records.values()]
    .map((record) => record.values[code] ?? "")
    .filter((value) => value !== "");
  return new Set(values).size < values.length;
}

function hasKey(domain: Domain, { lookup }: FormProperty): boolean {
  if (lookup === undefined) return true;
  const source = domain.apps.get(Number(lookup.relatedApp.app));
  const key = source?.live.fields.get(lookup.relatedKeyField);
  return source?.liveRevision !== undefined && (key?.unique === true || key?.type === "RECORD_NUMBER");
}
