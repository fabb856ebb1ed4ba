import type { Language } from "../model/config.ts";
import type { Memory, OpenIncident } from "../model/memory.ts";
import type { OperatorMessage } from "../model/operator-message.ts";
import type { Incident, IncidentKey } from "./incident.ts";
import { gateTexts } from "../words/gate-texts.ts";
import { endsTexts } from "../words/ends-texts.ts";
import { targetsTexts } from "../words/targets-texts.ts";
import { type IncidentTexts, incidentTexts } from "../words/incident-texts.ts";
import { byHandTexts } from "../words/by-hand-texts.ts";
import { classRulesTexts } from "../words/class-rules-texts.ts";
import { ownerTagTexts } from "../words/owner-tag-texts.ts";
import { keyAccountTexts } from "../words/key-account-texts.ts";
import { memoryTexts } from "../words/memory-texts.ts";
import { pauseTexts } from "../words/pause-texts.ts";
import { unsteadyTexts } from "../words/unsteady-texts.ts";
import { unmatchedTexts } from "../words/unmatched-texts.ts";
import { renderTime } from "../report/render-time.ts";
import { safeLine } from "../report/safe-text.ts";

/** A message about something that operators do not know yet. */
export interface NewMessage {
  readonly kind: "post";
  readonly key: IncidentKey;
  readonly fingerprint: string;
  readonly message: OperatorMessage;
  /** When earlier passes met it that did not tell of it. ISO 8601 UTC. */
  readonly openedAt?: string;
}

/** Nothing is told: it may be over by the next pass, or was over before it was told. */
export interface Silence {
  readonly kind: "wait" | "forget";
  readonly key: IncidentKey;
  readonly fingerprint: string;
  /** What is remembered of it so far. */
  readonly open?: OpenIncident;
}

export type Decision = NewMessage | MessageEdit | Silence;

/** Another content for a message that stands in the channel, and what its thread gets. */
export interface MessageEdit {
  /** All but the last leave the incident open; `confirm` posts it once more, because the answer to it was lost. */
  readonly kind: "change" | "remind" | "confirm" | "recover";
  readonly key: IncidentKey;
  readonly open: OpenIncident;
  readonly fingerprint: string;
  readonly message: OperatorMessage;
  readonly reply: string;
}

export interface DecisionContext {
  /** The incidents that are over when they are not there. */
  readonly judged: ReadonlySet<IncidentKey>;
  readonly nowMs: number;
  readonly repeatHours: number;
  /** The failed pass in a row that an outage is told of; 1 where nothing is remembered. */
  readonly failuresAfter: number;
  readonly language: Language;
  /** IANA name. */
  readonly timeZone: string;
}

/** What is new, has changed, is to be repeated or is over, compared with the messages that stand in the channel. */
export function decideMessages(
  incidents: readonly Incident[],
  open: Memory["incidents"],
  context: DecisionContext,
): readonly Decision[] {
  const present = new Set(incidents.map(({ key }) => key));
  const current = incidents.map((incident) => {
    const posted = open[incident.key];
    if (posted !== undefined && posted.untold === undefined) return decideOpen(incident, posted, context);
    return decideNew(incident, posted, context);
  });
  const over = [...context.judged].map((key) => {
    const posted = open[key];
    if (posted === undefined || present.has(key)) return undefined;
    if (posted.untold === undefined) return recover(key, posted, context);
    return { kind: "forget", key, fingerprint: posted.fingerprint } as const;
  });
  return [...current, ...over].filter((decision) => decision !== undefined);
}

/** What has not been told yet. */
function decideNew(
  { key, fingerprint, message, mayPass = false }: Incident,
  open: OpenIncident | undefined,
  { failuresAfter }: DecisionContext,
): NewMessage | Silence {
  const times = (open?.untold ?? 0) + 1;
  if (mayPass && times < failuresAfter) {
    return { kind: "wait", key, fingerprint, ...(open === undefined ? {} : { open }) };
  }
  const since = open === undefined ? {} : { openedAt: open.openedAt };
  return { kind: "post", key, fingerprint, message, ...since };
}

const hourMs = 3_600_000;
/** After so many posts without an answer it is posted once more; from then on only like what stands in the channel. */
const mayBeLost = 1;

function decideOpen(
  { key, fingerprint, message, describeChange }: Incident,
  open: OpenIncident,
  context: DecisionContext,
): MessageEdit | undefined {
  const { texts, since, now, duration } = readableTimes(open, context);
  const withFooter = (footer: string): OperatorMessage => ({
    ...message,
    sections: [...message.sections, footer],
  });
  const about = { key, open, fingerprint };
  if (open.unconfirmed === mayBeLost) {
    const again = withFooter(texts.maybeTold(since));
    return { kind: "confirm", ...about, message: again, reply: "" };
  }
  if (open.fingerprint !== fingerprint) {
    const edited = withFooter(texts.sinceAndChanged(since, now));
    return { kind: "change", ...about, message: edited, reply: describeChange(open.fingerprint) };
  }
  // Written so that an unreadable time counts as long ago.
  if (context.nowMs - Date.parse(open.remindedAt) < context.repeatHours * hourMs) return undefined;
  const repeated = withFooter(texts.sinceAndStill(since, now));
  return { kind: "remind", ...about, message: repeated, reply: texts.reminder(duration) };
}

/** Their fingerprints are the code of the error and lines of the message; other ones say nothing to a reader. */
const readable = new Set<IncidentKey>(["pass-failed", "made-by-hand"]);

function recover(key: IncidentKey, open: OpenIncident, context: DecisionContext): MessageEdit {
  const { texts, since, now, duration } = readableTimes(open, context);
  const titles: Readonly<Record<IncidentKey, string>> = {
    "pass-failed": texts.recovered.passFailed,
    "guard-refused": texts.recovered.guardRefused,
    paused: pauseTexts(context.language).over,
    "made-by-hand": byHandTexts(context.language).over,
    "changes-failed": texts.recovered.changesFailed,
    "does-not-stay": unsteadyTexts(context.language).over,
    "ownership-doubtful": texts.recovered.ownershipDoubtful,
    "owner-tag-gone": ownerTagTexts(context.language).over,
    "names-unmatched": unmatchedTexts(context.language).over,
    "key-account-access": keyAccountTexts(context.language).over,
    "class-rules": classRulesTexts(context.language).over,
    "removals-held": texts.recovered.removalsHeld,
    "comments-failed": texts.recovered.commentsFailed,
    "memory-lost": memoryTexts(context.language).lostNoMore,
    "status-in-query": gateTexts(context.language).statusInQueryOver,
    "approval-overdue": gateTexts(context.language).overdueOver,
    "many-ends": endsTexts(context.language).manyOver,
    "ends-soon": endsTexts(context.language).soonOver,
    "targets-moved": targetsTexts(context.language).movedOver,
    records: texts.recovered.records,
  };
  const period = texts.period(since, now, duration);
  const sections = readable.has(key) ? [safeLine(open.fingerprint), period] : [period];
  const message = { title: `✅ ${titles[key]}`, sections };
  return {
    kind: "recover",
    key,
    open,
    fingerprint: open.fingerprint,
    message,
    reply: texts.over(duration),
  };
}

interface ReadableTimes {
  readonly texts: IncidentTexts;
  readonly since: string;
  readonly now: string;
  readonly duration: string;
}

function readableTimes({ openedAt }: OpenIncident, context: DecisionContext): ReadableTimes {
  const { nowMs, language, timeZone } = context;
  const texts = incidentTexts(language);
  const openedAtMs = Date.parse(openedAt);
  const sinceMs = Number.isNaN(openedAtMs) ? nowMs : Math.min(openedAtMs, nowMs);
  const minutes = Math.floor((nowMs - sinceMs) / 60_000);
  return {
    texts,
    since: renderTime(sinceMs, timeZone),
    now: renderTime(nowMs, timeZone),
    duration: texts.duration(Math.floor(minutes / 60), minutes % 60),
  };
}
