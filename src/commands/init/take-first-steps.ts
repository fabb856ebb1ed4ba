import { createKintoneClient } from "../../kintone/client.ts";
import { lookAtToken } from "../../kintone/look-at-token.ts";
import type { Secrets } from "../../model/config.ts";
import { variable } from "../../model/environment.ts";
import type { AppIds } from "../../model/made-app.ts";
import type { Clock } from "../../ports.ts";
import type { ProcessFace } from "../../process/process-face.ts";
import { learnSecrets } from "../../process/secret-scrubber.ts";
import { appTexts } from "../../words/app-texts.ts";
import { initTexts } from "../../words/init-texts.ts";
import type { CommandContext, GlobalOptions } from "../command-context.ts";
import { runFirstDoctor } from "../doctor/doctor-command.ts";
import { runImport } from "../import/import-command.ts";
import { runPassCommand } from "../pass/pass-command.ts";
import { awaitTokens, type TokenFault, type Tokens } from "./await-tokens.ts";
import { keepTokens, tokenEnvironment } from "./keep-tokens.ts";

/** What is there when the apps are. */
export interface MadeApps {
  readonly context: CommandContext;
  readonly globals: GlobalOptions;
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly ids: AppIds;
}

/**
 * With a person at the terminal: waits for the tokens, keeps them in `.env`, and runs doctor and what comes after it,
 * neither of which writes. Resolves with the exit code; undefined when the person leaves it for later. Throws a PassError.
 */
export async function takeFirstSteps(made: MadeApps): Promise<number | undefined> {
  const { face } = made.context;
  if (!face.canAsk) return undefined;
  const isGiven = variable(face.environment, "KINTONE_API_TOKEN") !== undefined;
  const tokens = isGiven ? {} : await askForTokens(made);
  if (!isGiven && (tokens.permissionSets === undefined || tokens.assignments === undefined)) return undefined;
  if (!isGiven) keep(made, tokens);
  const environment = { ...face.environment, ...tokenEnvironment(tokens) };
  return goOn({ ...face, environment }, made.globals);
}

async function askForTokens({ context, baseUrl, clock, ids }: MadeApps): Promise<Tokens> {
  const { face, terminal, language } = context;
  const texts = initTexts(language);
  const config = { baseUrl, permissionSets: { app: 0 }, assignments: { app: 0 } };
  const nameOf = (fault: TokenFault): string =>
    "app" in fault ? appTexts(language, fault.app).name : String(fault.place);
  return awaitTokens({
    ids,
    ask: async () => {
      const answer = await face.askSecretly(texts.ask.tokens);
      learnSecrets((answer ?? "").split(/[\s,]+/u));
      return answer;
    },
    look: (token, app, requiredKey) => {
      const client = createKintoneClient({
        config: config as Parameters<typeof createKintoneClient>[0]["config"],
        secrets: { kintone: { kind: "api-token", tokens: [token] }, ...basicAuthIn(face) },
        usesProxies: face.usesProxies,
      });
      return lookAtToken({ client, config, clock }, app, requiredKey);
    },
    say: (faults) => {
      for (const fault of faults) terminal.say(`✗ ${texts.tokenFaults[fault.kind](nameOf(fault))}`);
    },
  });
}

/** The user and password in front of the whole kintone, where there is one. */
export function basicAuthIn({ environment }: ProcessFace): Pick<Secrets, "kintoneBasicAuth"> {
  const username = variable(environment, "KINTONE_BASIC_AUTH_USERNAME");
  const password = variable(environment, "KINTONE_BASIC_AUTH_PASSWORD");
  return username === undefined || password === undefined ? {} : { kintoneBasicAuth: { username, password } };
}

function keep({ context: { face, terminal, language } }: MadeApps, tokens: Tokens): void {
  const texts = initTexts(language);
  const notKept = keepTokens(face.directory, tokens);
  terminal.say(
    notKept === undefined
      ? texts.tokensKept
      : texts.tokensNotKept[notKept](Object.keys(tokenEnvironment(tokens))),
  );
}

/** What there is to import comes before a plan. */
async function goOn(face: ProcessFace, globals: GlobalOptions): Promise<number> {
  const next = await runFirstDoctor(face, globals);
  if (next === "mend") return 1;
  if (next === "import") return runImport(face, globals, {});
  const { exitCode } = await runPassCommand(face, globals, { mode: "plan", json: false, strict: false });
  return exitCode;
}
