import { mkdir, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { PassError } from "../../errors.ts";
import { type MeasuredTemplate, measureTemplate } from "../../importing/measure-template.ts";
import { createAppMaker } from "../../kintone/app-settings.ts";
import { createKintoneClient } from "../../kintone/client.ts";
import { readLogins } from "../../kintone/read-users.ts";
import { variable } from "../../model/environment.ts";
import type { AppIds, Entity, MadeAppKind } from "../../model/made-app.ts";
import type { Clock } from "../../ports.ts";
import type { ProcessFace } from "../../process/process-face.ts";
import { safeLine } from "../../report/safe-text.ts";
import { learnSecrets } from "../../process/secret-scrubber.ts";
import { appTexts } from "../../words/app-texts.ts";
import { initTexts } from "../../words/init-texts.ts";
import { describePassError } from "../../words/pass-errors.ts";
import { type CommandContext, type GlobalOptions, openContext } from "../command-context.ts";
import { namesakesOf } from "./find-namesakes.ts";
import { openProgress } from "./init-progress.ts";
import { appsInFile } from "./apps-in-file.ts";
import {
  givenApps,
  otherAppsNamed,
  type InitAnswers,
  type InitOptions,
  readAnswers,
} from "./init-options.ts";
import { type Company, lookAtCompany } from "./look-at-company.ts";
import { lookAtApps, makeApps, type Making } from "./make-apps.ts";
import { tokenVariables } from "./keep-tokens.ts";
import { configFile, type FileFacts, renderFiles } from "./render-files.ts";
import { renderLooks } from "./render-looks.ts";
import { basicAuthIn, takeFirstSteps } from "./take-first-steps.ts";

const failed = 1;

/** One run: what was told, and what is said where. */
interface Init {
  readonly context: CommandContext;
  readonly globals: GlobalOptions;
  readonly options: InitOptions;
  readonly answers: InitAnswers;
  readonly making: Making;
  readonly company: Company | undefined;
  readonly template: MeasuredTemplate | undefined;
}

/** `init`: makes the apps in kintone and the files that a deployment needs, each step looked at before, and says what only kintone's pages can do. */
export async function runInit(
  face: ProcessFace,
  globals: GlobalOptions,
  options: InitOptions,
): Promise<number> {
  const context = openContext(face, globals);
  const { terminal, language } = context;
  const answers = await readAnswers(options, context);
  if (answers === undefined) return failed;
  const given = { ...appsInFile(face.directory, configFile), ...givenApps(options) };
  const others = otherAppsNamed(face.environment, given);
  for (const { name, app, flag } of others) terminal.say(initTexts(language).otherApp(name, app, flag));
  if (others.length > 0) return failed;
  learnSecrets([answers.password]);
  try {
    return await carryOut(await lookAround(context, globals, { options, answers, clock: face.clock }));
  } catch (error) {
    if (!(error instanceof PassError)) throw error;
    const { message, hint } = describePassError(error, language);
    const more = error.code === "kintone.not-authenticated" ? [initTexts(language).twoFactor] : [];
    for (const text of [message, hint, ...more]) terminal.say(text);
    return failed;
  }
}

/** What was asked for, and what was answered. */
interface Asked {
  readonly options: InitOptions;
  readonly answers: InitAnswers;
  readonly clock: Clock;
}

/** Signs in, and looks at the people on both sides; nothing is written. Throws a PassError. */
async function lookAround(
  context: CommandContext,
  globals: GlobalOptions,
  { options, answers, clock }: Asked,
): Promise<Init> {
  const { face, terminal, language } = context;
  const texts = initTexts(language);
  const { username, password } = answers;
  const baseUrl = new URL(answers.baseUrl).origin;
  const config = { baseUrl, permissionSets: { app: 0 }, assignments: { app: 0 } };
  const client = createKintoneClient({
    config: config as Parameters<typeof createKintoneClient>[0]["config"],
    secrets: { kintone: { kind: "password", username, password }, ...basicAuthIn(face) },
    usesProxies: face.usesProxies,
  });
  const maker = createAppMaker({ client, config, clock });
  await maker.lastApp();
  terminal.say(texts.signedIn(username, baseUrl));
  const company = await companyOrNothing(context, answers.region, clock);
  const logins = company && (await loginsOrNothing({ client, config, clock }));
  const template = company && measure(context, company, logins);
  const person: Entity = { type: "USER", code: username };
  const group: Entity = answers.setAuthors === "" ? person : { type: "GROUP", code: answers.setAuthors };
  const making: Making = {
    maker,
    baseUrl,
    clock,
    choices: { language, administrators: group, setAuthors: group },
    kinds: kindsOf(options),
    given: { ...appsInFile(face.directory, configFile), ...givenApps(options) },
    space: options.space,
    progress: openProgress(face.directory, baseUrl),
    onStep: (kind, step) =>
      terminal.say(texts.steps[step as keyof typeof texts.steps](appTexts(language, kind).name)),
  };
  return { context, globals, options, answers, making, company, template };
}

function kindsOf({ groups, reviews }: InitOptions): readonly MadeAppKind[] {
  const wanted: readonly (readonly [MadeAppKind, boolean | undefined])[] = [
    ["accounts", true],
    ["groups", groups],
    ["permissionSets", true],
    ["assignments", true],
    ["reviews", reviews],
  ];
  return wanted.filter(([, isWanted]) => isWanted === true).map(([kind]) => kind);
}

/** Undefined, and said, where AWS does not answer these credentials: the apps need none of it. */
async function companyOrNothing(
  { face, terminal, language }: CommandContext,
  region: string,
  clock: Clock,
): Promise<Company | undefined> {
  try {
    return await lookAtCompany(face, region, clock);
  } catch (error) {
    if (!(error instanceof PassError)) throw error;
    terminal.say(describePassError(error, language).message);
    terminal.say(initTexts(language).noCompany);
    return undefined;
  }
}

/** Undefined where kintone does not let the person list its users. Throws a PassError for anything else. */
async function loginsOrNothing(
  settings: Parameters<typeof readLogins>[0],
): Promise<readonly string[] | undefined> {
  try {
    return (await readLogins(settings)).map(({ code }) => code);
  } catch (error) {
    if (error instanceof PassError && isRefusal(error)) return undefined;
    throw error;
  }
}

function isRefusal({ code }: PassError): boolean {
  return (
    code === "kintone.no-permission" ||
    code === "kintone.request-failed" ||
    code === "kintone.not-authenticated"
  );
}

/** Without logins, what most user names look like: each as if its beginning were one. */
function measure(
  { terminal, language }: CommandContext,
  { users }: Company,
  logins: readonly string[] | undefined,
): MeasuredTemplate {
  const texts = initTexts(language);
  if (logins !== undefined) {
    const measured = measureTemplate(logins, users);
    terminal.say(texts.measured(measured.userTemplate, measured.found, measured.of));
    return measured;
  }
  const beginnings = users.map(({ userName }) => userName.replace(/@.*$/u, ""));
  const guessed = measureTemplate(beginnings, users);
  terminal.say(texts.unmeasured(guessed.userTemplate));
  return guessed;
}

async function carryOut(init: Init): Promise<number> {
  const { context, options, making, answers } = init;
  const { terminal, language } = context;
  const texts = initTexts(language);
  const { setAuthors } = answers;
  const looks = await lookAtApps(making);
  const namesakes = await namesakesOf(making, looks);
  const shown = [
    ...renderLooks(looks, { language, space: options.space, setAuthors }),
    ...namesakes.map(({ name, app, flag }) => texts.namesake(name, app, flag)),
  ].map(safeLine);
  terminal.print(
    `${[...shown, texts.files, ...shownFiles(init), texts.noAdministrators(answers.administrators)].join("\n")}\n`,
  );
  if (options.dryRun === true) {
    terminal.say(texts.dryRun);
    return 0;
  }
  if (!(await isConfirmed(init))) {
    terminal.say(texts.declined);
    return failed;
  }
  const ids = await makeApps(making);
  terminal.say(texts.made);
  if (!(await writeFiles(init, ids))) return failed;
  making.progress.clear();
  sayTokens(init, ids);
  const exitCode = await takeFirstSteps({ ...init, ...making, ids });
  if (exitCode === undefined) sayWhatIsLeft(init);
  return exitCode ?? 0;
}

async function isConfirmed({ context: { face, language }, options }: Init): Promise<boolean> {
  if (options.yes === true) return true;
  if (!face.canAsk) return false;
  const answer = await face.ask(initTexts(language).ask.confirm);
  return /^y(es)?$/iu.test(answer?.trim() ?? "");
}

function filesOf(
  { context: { face }, answers, making: { baseUrl }, company, template }: Init,
  ids: FileFacts["ids"],
) {
  const { environment } = face;
  const facts: FileFacts = {
    baseUrl,
    region: answers.region,
    ids,
    company,
    template,
    administrators: answers.administrators,
    repository: {
      name: variable(environment, "GITHUB_REPOSITORY"),
      id: variable(environment, "GITHUB_REPOSITORY_ID"),
      ownerId: variable(environment, "GITHUB_REPOSITORY_OWNER_ID"),
    },
  };
  return renderFiles(facts).map((file) => ({
    ...file,
    isThere: existsSync(resolve(face.directory, file.path)),
  }));
}

function shownFiles(init: Init): readonly string[] {
  const texts = initTexts(init.context.language);
  const { kinds, given, progress } = init.making;
  const unmade = Object.fromEntries(kinds.map((kind) => [kind, "…"]));
  return filesOf(init, { ...unmade, ...progress.load().apps, ...given }).flatMap(
    ({ path, text, isThere }) => {
      if (isThere) return [texts.kept(path)];
      const content =
        path === configFile
          ? text
              .trimEnd()
              .split("\n")
              .map((line) => `    ${line}`)
          : [];
      return [texts.wrote(path), ...content];
    },
  );
}

/** What is there stays. False, and said, when one cannot be written. */
async function writeFiles(init: Init, ids: AppIds): Promise<boolean> {
  const { face, terminal, language } = init.context;
  const texts = initTexts(language);
  for (const { path, text, isThere } of filesOf(init, ids)) {
    if (isThere) {
      terminal.say(texts.kept(path));
      continue;
    }
    try {
      await mkdir(resolve(face.directory, dirname(path)), { recursive: true });
      await writeFile(resolve(face.directory, path), text, { flag: "wx" });
      terminal.say(texts.wrote(path));
    } catch (error) {
      const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown";
      terminal.say(texts.cannotWrite(path, reason));
      return false;
    }
  }
  return true;
}

/** What only kintone's own pages can do. */
function sayTokens({ context: { terminal, language }, making: { baseUrl } }: Init, ids: AppIds): void {
  const texts = initTexts(language);
  const made = (["permissionSets", "assignments", "accounts", "groups", "reviews"] as const).filter(
    (kind) => ids[kind] !== undefined,
  );
  const { importRights, updateApp, addToApp } = texts;
  const rights: Readonly<Record<MadeAppKind, string>> = {
    permissionSets: importRights,
    assignments: importRights,
    accounts: updateApp,
    groups: updateApp,
    reviews: addToApp,
  };
  const lines = made.map((kind, index) => {
    const url = `${baseUrl}/k/admin/app/apitoken?app=${ids[kind] ?? 0}`;
    return `  ${index + 1}. ${texts.tokenOf(appTexts(language, kind).name, rights[kind], url, tokenVariables[kind])}`;
  });
  terminal.say([texts.inTheUi, ...lines, texts.afterImport].join("\n"));
}

/** The commands that go on. */
function sayWhatIsLeft({ context: { terminal, language } }: Init): void {
  const commands = ["doctor --first-run", "import", "import --yes", "plan"].map(
    (command) => `kintone-sso-sync ${command}`,
  );
  terminal.say(initTexts(language).goOn(["export KINTONE_API_TOKEN=…,…", ...commands]));
}
