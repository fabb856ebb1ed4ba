import type { Environment } from "../../model/environment.ts";
import { variable } from "../../model/environment.ts";
import type { AppIds, MadeAppKind } from "../../model/made-app.ts";
import type { ProcessFace } from "../../process/process-face.ts";
import { initTexts, type InitQuestion } from "../../words/init-texts.ts";
import type { CommandContext } from "../command-context.ts";

/** Flags of `init`; the environment stands in for those left out, and a person for both. */
export interface InitOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly space?: number;
  readonly groups?: boolean;
  readonly reviews?: boolean;
  readonly setAuthors?: string;
  readonly administrators?: string;
  readonly permissionSetApp?: number;
  readonly assignmentApp?: number;
  readonly accountApp?: number;
  readonly groupApp?: number;
  readonly reviewApp?: number;
}

/** What was told before anything is asked of kintone. */
export interface InitAnswers {
  readonly baseUrl: string;
  readonly username: string;
  readonly password: string;
  readonly region: string;
  /** Empty: only the person who signs in. */
  readonly setAuthors: string;
  /** Empty: no one. */
  readonly administrators: string;
}

/** Where an answer may stand. */
interface Place {
  readonly flag?: string | undefined;
  readonly variables: readonly string[];
  /** Said where it is missing and no person can be asked. */
  readonly how: string;
  /** Taken where no person can be asked; without it the answer must be given. */
  readonly otherwise?: string;
  readonly isSecret?: boolean;
}

const places = (options: InitOptions): Readonly<Record<keyof InitAnswers, Place>> => ({
  baseUrl: { variables: ["KINTONE_BASE_URL"], how: "KINTONE_BASE_URL" },
  username: { variables: ["KINTONE_USERNAME"], how: "KINTONE_USERNAME" },
  password: { variables: ["KINTONE_PASSWORD"], how: "KINTONE_PASSWORD", isSecret: true },
  region: { variables: ["AWS_REGION", "AWS_DEFAULT_REGION"], how: "AWS_REGION" },
  setAuthors: { flag: options.setAuthors, variables: [], how: "--set-authors", otherwise: "" },
  administrators: { flag: options.administrators, variables: [], how: "--administrators", otherwise: "" },
});

/** Asks a person for what neither flags nor environment tell. Undefined, and all that is missing said, when no person can be asked. */
export async function readAnswers(
  options: InitOptions,
  context: CommandContext,
): Promise<InitAnswers | undefined> {
  const { face, terminal, language } = context;
  const texts = initTexts(language);
  const answers = new Map<string, string>();
  const missing: string[] = [];
  for (const [name, place] of Object.entries(places(options)) as [keyof InitAnswers, Place][]) {
    const told =
      place.flag ??
      firstOf(face.environment, place.variables) ??
      (await askFor(name, place, face, texts.ask));
    if (told === undefined) missing.push(texts.missing(name, place.how));
    else answers.set(name, told.trim());
  }
  if (missing.length === 0) return Object.fromEntries(answers) as unknown as InitAnswers;
  for (const line of missing) terminal.say(line);
  terminal.say(texts.noPassword);
  return undefined;
}

function firstOf(environment: Environment, names: readonly string[]): string | undefined {
  return names.map((name) => variable(environment, name)).find((value) => value !== undefined);
}

async function askFor(
  name: InitQuestion,
  { otherwise, isSecret }: Place,
  face: ProcessFace,
  questions: Readonly<Record<InitQuestion, string>>,
): Promise<string | undefined> {
  if (!face.canAsk) return otherwise;
  const answer = await (isSecret === true ? face.askSecretly(questions[name]) : face.ask(questions[name]));
  // An empty answer is one where there is something to take instead.
  return answer === "" ? otherwise : answer;
}

/** Apps that the flags name. */
export function givenApps(options: InitOptions): AppIds {
  const { permissionSetApp, assignmentApp, accountApp, groupApp, reviewApp } = options;
  return {
    ...(permissionSetApp !== undefined && { permissionSets: permissionSetApp }),
    ...(assignmentApp !== undefined && { assignments: assignmentApp }),
    ...(accountApp !== undefined && { accounts: accountApp }),
    ...(groupApp !== undefined && { groups: groupApp }),
    ...(reviewApp !== undefined && { reviews: reviewApp }),
  };
}

/** The flag that names an app that exists. */
export const appFlags: Readonly<Record<MadeAppKind, string>> = {
  permissionSets: "--permission-set-app",
  assignments: "--assignment-app",
  accounts: "--account-app",
  groups: "--group-app",
  reviews: "--review-app",
};

/** Apps that the environment names, which wins over the file, although `init` would make or take others. */
export function otherAppsNamed(
  environment: Environment,
  given: AppIds,
): readonly { readonly name: string; readonly app: string; readonly flag: string }[] {
  const named = [
    ["KINTONE_PERMISSION_SET_APP", "permissionSets"],
    ["KINTONE_ASSIGNMENT_APP", "assignments"],
  ] as const;
  return named.flatMap(([name, kind]) => {
    const app = variable(environment, name);
    return app === undefined || app.trim() === String(given[kind])
      ? []
      : [{ name, app, flag: appFlags[kind] }];
  });
}
