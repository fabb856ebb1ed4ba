import type { RunReport } from "../../model/run-report.ts";
import { renderReportEnd, renderReportText } from "../../report/render-report-text.ts";
import { companyChanges } from "../../sandbox/company/company-changes.ts";
import { companySeed } from "../../sandbox/company/company-seed.ts";
import { type Sandbox, startSandbox } from "../../sandbox/start-sandbox.ts";
import { cliTexts } from "../cli-texts.ts";
import { type GlobalOptions, openContext } from "../command-context.ts";
import {
  renderComments,
  renderNext,
  renderSlackMessages,
  type ShownComment,
  type ShownMessage,
} from "./render-demo.ts";
import type { ProcessFace } from "../../process/process-face.ts";
import { openPages } from "../sandbox/pages/open-pages.ts";
import { untilStopped } from "../sandbox/sandbox-command.ts";
import { type InsideContext, openInside, syncInside } from "../sandbox/sandbox-pass.ts";

/** The sandbox keeps AWS's quotas and durations, and time runs this much faster in it. */
const speed = 40;

/** `demo`: three passes of the real pass, over HTTP, against an embedded company; ends with exit code 0 when all went as they should. */
export async function runDemo(
  face: ProcessFace,
  options: GlobalOptions,
  { json, open }: { readonly json: boolean; readonly open: boolean },
): Promise<number> {
  // Of a real deployment that is configured here, a demo takes the language only.
  const { language } = openContext(face, options);
  const sandbox = await startSandbox({ seed: companySeed(), speed });
  try {
    const logLevel = json ? "silent" : options.logLevel;
    const inside = openInside(face, { ...options, lang: language, logLevel }, sandbox);
    const exitCode = await showPasses(sandbox, inside, json);
    if (open) {
      openPages(face, { ...options, lang: language }, sandbox, speed);
      const texts = cliTexts(language);
      inside.terminal.say(`${texts.sandboxPages(`${sandbox.kintone.url}/`)}\n${texts.sandboxStays}`);
      await untilStopped(face);
    }
    return exitCode;
  } finally {
    await sandbox.close();
  }
}

async function showPasses(sandbox: Sandbox, context: InsideContext, json: boolean): Promise<number> {
  const { terminal, language } = context;
  const texts = cliTexts(language).demo;
  const passes: RunReport[] = [];
  const show = async (title: string, render = renderReportText): Promise<void> => {
    if (!json) terminal.print(`\n${terminal.paint.heading(`━━ ${title}`)}\n\n`);
    const report = await syncInside(context, speed);
    passes.push(report);
    if (!json) terminal.print(render(report, language, terminal.paint));
  };
  await show(texts.pass1);
  companyChanges(sandbox.kintone);
  await show(texts.pass2);
  // What is wrong in the company has been told in full by then.
  await show(texts.pass3, renderReportEnd);

  const comments = listComments(sandbox);
  const slackMessages = listMessages(sandbox);
  if (json) terminal.print(`${JSON.stringify({ passes, comments, slackMessages })}\n`, true);
  else
    terminal.print(
      renderComments(comments, texts.comments) +
        renderSlackMessages(slackMessages, texts.slack) +
        renderNext(texts.next, texts.nextSteps),
    );
  const asExpected = passes.map(({ result }) => result).join(" ") === "applied applied in-sync";
  return asExpected ? 0 : 1;
}

function listComments({ kintone }: Sandbox): readonly ShownComment[] {
  return companySeed().kintone.apps.flatMap(({ id: app }) =>
    kintone.comments(app).map(({ record, text, mentions }) => ({
      app,
      record: String(record),
      text,
      mentions: mentions.map(({ code }) => code),
    })),
  );
}

function listMessages({ slack }: Sandbox): readonly ShownMessage[] {
  return slack.messages.map(({ ts, channel, text, blocks }) => ({ ts, channel, text, blocks }));
}
