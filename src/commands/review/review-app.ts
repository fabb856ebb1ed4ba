import { PassError } from "../../errors.ts";
import { createKintoneClient } from "../../kintone/client.ts";
import { addReviewRows, readReviewApp } from "../../kintone/review-app.ts";
import type { Secrets } from "../../model/config.ts";
import {
  type ReviewRecord,
  type ReviewRow,
  readReviewRecords,
  rowsToAdd,
  type RowWords,
} from "../../reviews/review-lines.ts";
import type { ReviewRound } from "../../reviews/round.ts";
import { appUrl } from "../../report/record-urls.ts";
import { safeLine } from "../../report/safe-text.ts";
import { accessTexts } from "../../words/access-texts.ts";
import { pageTexts } from "../../words/access-page-texts.ts";
import { describePassError } from "../../words/pass-errors.ts";
import { reviewTexts } from "../../words/review-texts.ts";
import type { CommandContext } from "../command-context.ts";
import { sayConfigProblems } from "../say-config-problems.ts";

/** The kintone app in which a round is decided. */
interface ReviewApp {
  readonly url: string;
  /** Throws a PassError. */
  readonly read: (due: string) => Promise<readonly ReviewRecord[]>;
  /** Throws a PassError. */
  readonly add: (rows: readonly ReviewRow[]) => Promise<void>;
}

type App = { readonly app: number };

/** The app, with the credentials for it; undefined after saying what is missing. */
function openReviewApp({ app }: App, context: CommandContext): ReviewApp | undefined {
  const { settings, face, terminal, language } = context;
  if (!settings.ok) {
    sayConfigProblems(settings.problems, context);
    return undefined;
  }
  const { config, secrets } = settings;
  const kintone = credentialsOf(secrets);
  if (kintone === undefined) {
    terminal.say(reviewTexts(language).noToken);
    return undefined;
  }
  const client = createKintoneClient({
    config: config.kintone,
    secrets: { ...secrets, kintone },
    usesProxies: face.usesProxies,
  });
  const access = { client, config: config.kintone, clock: face.clock };
  return {
    url: appUrl(config.kintone, app),
    read: (due) => readReviewApp(access, app, due),
    add: (rows) => addReviewRows(access, app, rows),
  };
}

/** A person's own credentials serve as well; the token of the record apps is for those alone. */
function credentialsOf({ kintone, reviewToken }: Secrets): Secrets["kintone"] | undefined {
  if (reviewToken !== undefined) return { kind: "api-token", tokens: [reviewToken] };
  return kintone.kind === "password" ? kintone : undefined;
}

/** Adds the lines that the app lacks, and how many; undefined after saying why not. What was added before stays. */
export async function fillReviewApp(
  round: ReviewRound & App,
  context: CommandContext,
): Promise<{ readonly added: number; readonly url: string } | undefined> {
  const app = openReviewApp(round, context);
  if (app === undefined) return undefined;
  return orSay(context, async () => {
    const rows = rowsToAdd(round, await app.read(round.due), wordsOf(context));
    await app.add(rows);
    return { added: rows.length, url: app.url };
  });
}

/** What the app says about the round, and where each of its records is; undefined after saying what is wrong. */
export async function readDecisions(round: ReviewRound & App, context: CommandContext) {
  const { terminal, language } = context;
  const texts = reviewTexts(language);
  const app = openReviewApp(round, context);
  if (app === undefined) return undefined;
  const found = await orSay(context, async () => readReviewRecords(round, await app.read(round.due)));
  if (found === undefined) return undefined;
  const lineText = (record: number): string => `${app.url}show#record=${record}`;
  for (const problem of found.problems) {
    terminal.say(safeLine(texts.sheetProblem({ name: app.url, lineText }, problem)));
  }
  if (found.problems.length > 0) {
    terminal.say(texts.nothingTaken);
    return undefined;
  }
  if (found.missing > 0) terminal.say(texts.missingInApp(found.missing, round.due));
  return { entries: found.entries, place: { name: app.url, lineText } };
}

function wordsOf({ language }: CommandContext): RowWords {
  const { classes, standings } = accessTexts(language);
  return { classes, standings, direct: pageTexts(language).direct };
}

async function orSay<Answer>(
  { terminal, language }: CommandContext,
  ask: () => Promise<Answer>,
): Promise<Answer | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof PassError)) throw error;
    const { message, hint } = describePassError(error, language);
    terminal.say(`${message}\n${hint}`);
    return undefined;
  }
}
