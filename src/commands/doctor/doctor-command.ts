import { closeAwsClients, createAwsClients, type AwsConnection } from "../../aws/clients.ts";
import { createPolicyAnalyzer } from "../../aws/policy-analyzer.ts";
import { createReader } from "../../aws/reader.ts";
import { PassError } from "../../errors.ts";
import { createKintoneClient } from "../../kintone/client.ts";
import type { Config, Secrets } from "../../model/config.ts";
import { limitsAdministrators } from "../../model/guardrail.ts";
import type { Clock } from "../../ports.ts";
import type { CheckOutcome, CheckResult, Subject } from "./checks.ts";
import { buildCheckReport, renderChecks } from "./render-checks.ts";
import type { ProcessFace, Surroundings } from "../../process/process-face.ts";
import { connectToAws } from "../../wiring/connect-to-aws.ts";
import { checkAws } from "./check-aws.ts";
import { kintoneChecks } from "./check-kintone.ts";
import { memoryCheck } from "./check-memory.ts";
import { checksOfPlan } from "./check-plan.ts";
import { oidcCheck } from "./check-oidc.ts";
import { slackChecks } from "./check-slack.ts";
import { planPass } from "../../wiring/run-pass.ts";
import { checkTexts } from "../../words/check-texts.ts";
import { type CommandContext, type GlobalOptions, openContext } from "../command-context.ts";
import type { Logger } from "../../process/logger.ts";
import { found, runChecks } from "./run-checks.ts";
import { scrubTexts } from "../../process/secret-scrubber.ts";

/** `doctor`: looks at everything a pass needs and says what to do about it; writes nothing anywhere. Exit code 1 if any check fails. */
export async function runDoctor(
  face: ProcessFace,
  options: GlobalOptions,
  { json, firstRun }: { readonly json: boolean; readonly firstRun: boolean },
): Promise<number> {
  const next = firstRun && !json ? await runFirstDoctor(face, options) : await look(face, options, json);
  return next === "mend" ? 1 : 0;
}

/** The same for a beginner: also says, and resolves with, what comes next. */
export async function runFirstDoctor(face: ProcessFace, options: GlobalOptions): Promise<NextStep> {
  const next = await look(face, options, false);
  const { terminal, language } = openContext(face, options);
  terminal.say(checkTexts(language).next[next]);
  return next;
}

type NextStep = "mend" | "import" | "plan";

async function look(face: ProcessFace, options: GlobalOptions, json: boolean): Promise<NextStep> {
  const context = openContext(face, options);
  const { terminal, language, scrub } = context;
  const results = await checkEverything(context.settings, {
    ...context,
    surroundings: face,
    clock: face.clock,
  });
  const report = scrubTexts(buildCheckReport(results, language), scrub);
  const text = json ? `${JSON.stringify(report)}\n` : renderChecks(results, language, terminal.paint);
  terminal.print(text, json);
  return report.result === "passed" ? nextStep(results) : "mend";
}

/** Records come before a plan. */
function nextStep(results: readonly CheckResult[]): "import" | "plan" {
  const isEmpty = (result: CheckResult): boolean =>
    "code" in result && result.code === "records.counted" && result.params.count === 0;
  return results.some(isEmpty) ? "import" : "plan";
}

const config: Subject = { check: "config" };
const whatNeedsConfig: readonly Subject[] = [
  { check: "app", app: "permissionSets" },
  { check: "app", app: "assignments" },
  { check: "aws-identity" },
  { check: "slack-token" },
];

/** What the checks themselves need. */
interface Checking {
  readonly surroundings: Surroundings;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Every check in order; reads only. */
export async function checkEverything(
  settings: CommandContext["settings"],
  checking: Checking,
): Promise<readonly CheckResult[]> {
  if (!settings.ok) {
    const error = new PassError("config.invalid", { problems: settings.problems });
    const skipped = whatNeedsConfig.map(
      (subject) => ({ subject, status: "skipped", after: config }) as const,
    );
    return [{ subject: config, status: "failed", error }, ...skipped];
  }
  const { logger, clock, surroundings } = checking;
  const { region } = settings.config.identityCenter;
  const connection = connectToAws(surroundings, { region, clock });
  const both = [
    ...(await checkKintone(settings, checking)),
    ...(await lookAtAws(settings.config, { ...checking, connection })),
  ];
  return [
    { subject: config, ...found("passed", "config.valid", {}) },
    { subject: { check: "node" }, ...judgeNode(surroundings.nodeVersion) },
    ...(await runChecks([memoryCheck({ ...settings, surroundings, connection })], logger)),
    { subject: { check: "guardrails" }, ...findGuardrails(settings) },
    ...both,
    ...(await lookAtPlan(settings, both, checking)),
    ...(await runChecks(slackChecks(slackSettings(settings), settings.config), logger)),
    ...(await runChecks([oidcCheck(surroundings, clock)], logger)),
  ];
}

/** Node.js 20 still works; the AWS SDK drops it. */
function judgeNode(version: string): CheckOutcome {
  return found("passed", version.startsWith("20.") ? "node.ends" : "node.current", { version });
}

interface Settings {
  readonly config: Config;
  readonly secrets: Secrets;
}

/** Whether rules limit which records can make administrators. */
function findGuardrails({ config: { guardrails } }: Settings): CheckOutcome {
  return limitsAdministrators(guardrails)
    ? found("passed", "guardrails.limit", {})
    : found("skipped", "guardrails.open", {});
}

/** What a plan shows; nothing where none could be made. */
async function lookAtPlan(
  settings: Settings,
  before: readonly CheckResult[],
  { surroundings, clock, logger }: Checking,
): Promise<readonly CheckResult[]> {
  const reads = before.filter(({ status, subject }) => status === "failed" && !isRemark(subject));
  if (reads.length > 0) return [];
  const { pass } = await planPass({ ...settings, surroundings, clock, logger });
  return checksOfPlan(pass, settings.config.guardrails);
}

/** What keeps no plan from being made. */
function isRemark({ check }: Subject): boolean {
  return ["token", "comments", "key-field", "aws-analyzer", "aws-writes"].includes(check);
}

async function checkKintone(
  { config: { kintone, comments }, secrets }: Settings,
  { logger, clock, surroundings: { usesProxies } }: Checking,
): Promise<readonly CheckResult[]> {
  const subject: Subject = { check: "app", app: "permissionSets" };
  try {
    const client = createKintoneClient({ config: kintone, secrets, usesProxies });
    return await runChecks(kintoneChecks({ client, config: kintone, clock }, comments), logger);
  } catch (error) {
    // The client certificate cannot be opened.
    if (error instanceof PassError) return [{ subject, status: "failed", error }];
    throw error;
  }
}

async function lookAtAws(
  { identityCenter, pace, language }: Config,
  { logger, clock, connection }: Checking & { readonly connection: AwsConnection },
): Promise<readonly CheckResult[]> {
  const clients = createAwsClients({ ...connection, pace });
  const policyAnalyzer = createPolicyAnalyzer({ client: clients.accessAnalyzer, clock, language });
  try {
    return await checkAws({
      reader: createReader(clock),
      clients,
      policyAnalyzer,
      config: identityCenter,
      logger,
    });
  } finally {
    closeAwsClients(clients);
  }
}

function slackSettings({ config: { slack }, secrets }: Settings) {
  const { slackBotToken } = secrets;
  return slack === undefined || slackBotToken === undefined ? undefined : { token: slackBotToken, ...slack };
}
