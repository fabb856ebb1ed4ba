import { logTexts } from "../words/log-texts.ts";
import { AnswerLostError } from "../errors.ts";
import type { Config, Language, Notifying } from "../model/config.ts";
import type { Memory, OpenIncident } from "../model/memory.ts";
import { recordName, type ReportedRecord, type RunReport } from "../model/run-report.ts";
import type { OperatorChannel } from "../ports.ts";
import { type Decision, decideMessages, type Silence } from "./decide-messages.ts";
import type { Incident } from "./incident.ts";
import { recordUrls } from "../report/record-urls.ts";
import { findIncidents, judgedIncidents } from "./incidents.ts";
import { linkMessage } from "./link-message.ts";
import type { Logger } from "../process/logger.ts";

export interface TellOperatorsInput {
  /** The report of a sync: a plan tells no one. */
  readonly report: RunReport;
  /** Keys of the records whose authors were told of a problem in this pass. */
  readonly newlyTold: ReadonlySet<string>;
  /** Why authors could not be told on their records, each reason once, in order. */
  readonly commentFailures?: readonly string[];
  /** E-mail addresses of authors by the key of their record. */
  readonly authorEmails?: ReadonlyMap<string, string>;
  readonly memory: Memory | undefined;
  readonly channel: OperatorChannel;
  /** Without kintone's part nothing is known of records. */
  readonly config: Notifying & { readonly kintone?: Config["kintone"] };
  readonly language: Language;
  readonly nowMs: number;
  readonly logger: Logger;
  /** The page of the run, where it has one. */
  readonly runUrl?: string | undefined;
}

/** One message may be at fault itself; when a second fails as well, the channel is down and would only hold up the pass. */
const mostFailures = 2;

/**
 * Brings the operators' channel up to date with one message per incident, and resolves with the messages that stand for
 * open incidents. Without a memory nothing is edited, and records are told of only when their authors are. Never throws:
 * what could not be told is in the log, and is tried again in the next pass.
 */
export async function tellOperators(input: TellOperatorsInput): Promise<Memory["incidents"]> {
  const incidents = new Map(Object.entries(input.memory?.incidents ?? {}));
  const failures: unknown[] = [];
  for (const decision of decide(input)) {
    if (failures.length === mostFailures) break;
    try {
      const open = await carryOut(decision, input, failures);
      if (open === undefined) incidents.delete(decision.key);
      else incidents.set(decision.key, open);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0)
    input.logger.warn(logTexts(input.language).operatorsUntold, { error: failures[0] });
  return Object.fromEntries(incidents);
}

function decide(input: TellOperatorsInput): readonly Decision[] {
  const { report, memory, config, language, nowMs } = input;
  return decideMessages(incidentsOf(input), memory?.incidents ?? {}, {
    judged: judgedIncidents(report),
    nowMs,
    repeatHours: config.notify.repeatHours,
    failuresAfter: memory === undefined ? 1 : config.notify.failuresAfter,
    language,
    timeZone: config.timezone,
  });
}

function incidentsOf(input: TellOperatorsInput): readonly Incident[] {
  const { report, newlyTold, commentFailures = [], authorEmails, memory, config, language } = input;
  const { kintone } = config;
  const refOf = ({ app, record }: ReportedRecord) =>
    ({ app: app === kintone?.permissionSets.app ? "permissionSets" : "assignments", id: record }) as const;
  const urlOf = kintone === undefined ? undefined : recordUrls(kintone);
  return findIncidents(report, {
    newlyTold,
    onlyNew: memory === undefined,
    commentFailures,
    authors: config.notify.slackMentionAuthor ? (authorEmails ?? new Map()) : new Map(),
    recordUrl: (record) => urlOf?.(refOf(record)) ?? recordName(record),
    language,
  });
}

/** What to remember of the incident; undefined when it is over. Lost answers are added to the failures. */
async function carryOut(
  decision: Decision,
  input: TellOperatorsInput,
  failures: unknown[],
): Promise<OpenIncident | undefined> {
  const now = new Date(input.nowMs).toISOString();
  if (!("message" in decision)) return keepSilent(decision, now);
  const { channel } = input;
  const { kind, fingerprint } = decision;
  const message = linkMessage(decision.message, input);
  const post = async (openedAt: string, unconfirmed = 0): Promise<OpenIncident> => {
    const about = { fingerprint, openedAt, remindedAt: now };
    const posted = await unlessLost(channel.postMessage(message), failures);
    if (posted === undefined) return { ...nowhere, ...about, unconfirmed: unconfirmed + 1 };
    return { ...posted, ...about };
  };
  if (decision.kind === "post") return post(decision.openedAt ?? now);
  const { open, reply } = decision;
  const { unconfirmed, ...known } = open;
  // As long as the channel's service is down, posting once more would only be lost once more.
  if (unconfirmed !== undefined) await channel.checkReachable();
  // The message first: Slack puts a reply to a message that is gone into the channel, where it is not clear what it is about.
  else if (await channel.updateMessage(open, message)) {
    await unlessLost(channel.replyInThread(open, reply), failures);
    const remindedAt = kind === "remind" ? now : open.remindedAt;
    return kind === "recover" ? undefined : { ...known, fingerprint, remindedAt };
  }
  const posted = await post(open.openedAt, unconfirmed);
  return kind === "recover" ? undefined : posted;
}

/** What is remembered of something that is not told: that it was met once more, or nothing. */
function keepSilent({ kind, fingerprint, open }: Silence, now: string): OpenIncident | undefined {
  if (kind === "forget") return undefined;
  const { openedAt = now, untold = 0 } = open ?? {};
  return { ...nowhere, fingerprint, openedAt, remindedAt: now, untold: untold + 1 };
}

const nowhere = { channel: "", messageId: "" };

/** The result, or undefined when the answer was lost: to ask again could tell people twice. */
async function unlessLost<Result>(asking: Promise<Result>, failures: unknown[]): Promise<Result | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (!(error instanceof AnswerLostError)) throw error;
    failures.push(error);
    return undefined;
  }
}
