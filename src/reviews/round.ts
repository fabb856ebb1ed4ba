import { z } from "zod";
import type { AccessLine, AccessReport } from "../model/access-report.ts";
import { digest } from "../model/digest.ts";

/** What a reviewer says of an access. */
export const decisions = ["keep", "remove", "ask"] as const;
export type Decision = (typeof decisions)[number];

const decisionSchema = z.object({
  decision: z.enum(decisions),
  reviewer: z.string(),
  comment: z.string(),
  /** When it was first collected, ISO 8601 UTC. */
  at: z.string(),
});

const removalSchema = z.object({
  /** ISO 8601 UTC. */
  at: z.string(),
  runId: z.string(),
  /** Of AWS. */
  requestId: z.string().optional(),
});

const lineSchema = z.object({
  /** The same for the same access in every round. */
  key: z.string(),
  account: z.string(),
  accountName: z.string().optional(),
  permissionSet: z.string(),
  class: z.enum(["administrator", "runs-as-other-roles", "unknown", "ordinary"]),
  /** Empty where no people are behind it. */
  userName: z.string(),
  displayName: z.string(),
  principal: z.object({
    type: z.enum(["USER", "GROUP"]),
    id: z.string(),
    name: z.string().optional(),
  }),
  standing: z.enum(["records", "held", "pending", "by-hand", "orphan", "unmanaged"]),
  records: z.array(
    z.object({
      name: z.string(),
      url: z.string(),
      editor: z.string().optional(),
      /** Login name of the editor. */
      editorCode: z.string().optional(),
    }),
  ),
  decision: decisionSchema.optional(),
  /** How it went after the decision. */
  removal: removalSchema.optional(),
});

const roundSchema = z.object({
  schemaVersion: z.literal(1),
  /** ISO 8601 UTC. */
  startedAt: z.string(),
  /** `2026-12-31`. */
  due: z.string(),
  /** Number of the kintone app that people decide in; missing where they fill in the sheet. */
  app: z.number().optional(),
  /** What the list was narrowed to; empty for everything. */
  scope: z.record(z.string(), z.string()),
  /** Of when, of which instance and whose the list is. */
  asOf: z.string(),
  instanceArn: z.string(),
  owner: z.string(),
  /** How many lines the list had, and its hash as `access` tells it. */
  population: z.object({ count: z.number(), hash: z.string() }),
  lines: z.array(lineSchema),
  /** When the last access was decided on; nothing but removals is added from then on. */
  finishedAt: z.string().optional(),
  /** Of all the rest: a change by hand changes it. */
  hash: z.string(),
});

/** A round of reviewing who has what: who was asked about which access, what they said, and what came of it. */
export type ReviewRound = Readonly<z.infer<typeof roundSchema>>;
export type ReviewLine = Readonly<z.infer<typeof lineSchema>>;
export type Removal = Readonly<z.infer<typeof removalSchema>>;

/** Begins a round with one line for each access of the report. */
export function startRound(report: AccessReport, due: string, nowMs: number, app?: number): ReviewRound {
  const lines = new Map(report.access.map((line) => [accessKey(line), reviewLine(line)]));
  return sealRound({
    schemaVersion: 1,
    startedAt: new Date(nowMs).toISOString(),
    due,
    ...(app === undefined ? {} : { app }),
    scope: { ...report.filters },
    asOf: report.asOf,
    instanceArn: report.instanceArn,
    owner: report.owner,
    population: { count: lines.size, hash: report.hash },
    lines: [...lines.values()],
    hash: "",
  });
}

/** Not only digits: spreadsheets make numbers of those. */
function accessKey({ account, permissionSet, principal, user }: AccessLine): string {
  return `a-${digest(JSON.stringify([account, permissionSet, principal.type, principal.id, user?.id ?? ""]))}`;
}

function reviewLine(line: AccessLine): ReviewLine {
  const { account, accountName, permissionSet, user, principal, standing, records } = line;
  return {
    key: accessKey(line),
    account,
    ...(accountName === undefined ? {} : { accountName }),
    permissionSet,
    class: line.class,
    userName: user?.userName ?? "",
    displayName: user?.displayName ?? "",
    principal: { ...principal },
    standing,
    records: records.map(({ name, url, editor, editorCode }) => ({
      name,
      url,
      ...(editor === undefined ? {} : { editor }),
      ...(editorCode === undefined ? {} : { editorCode }),
    })),
  };
}

/** The round with the hash of what it holds. */
export function sealRound(round: ReviewRound): ReviewRound {
  // The hash is of a text, in which everything has its order.
  const ordered = roundSchema.parse(round);
  return { ...ordered, hash: hashOf(ordered) };
}

function hashOf(round: ReviewRound): string {
  return digest(JSON.stringify({ ...round, hash: "" }));
}

/** The round that a file holds; what is wrong where it holds none, or where it was changed by hand. */
export function decodeRound(text: string): ReviewRound | "unreadable" | "changed-by-hand" {
  try {
    const round: ReviewRound = roundSchema.parse(JSON.parse(text));
    return hashOf(round) === round.hash ? round : "changed-by-hand";
  } catch {
    return "unreadable";
  }
}

/** The file of a round. */
export function encodeRound(round: ReviewRound): string {
  return `${JSON.stringify(round, null, 2)}\n`;
}

/** How far a round is. */
export interface RoundCounts {
  readonly all: number;
  readonly undecided: number;
  readonly decided: Readonly<Record<Decision, number>>;
  /** Of those that are to be removed. */
  readonly removed: number;
}

/** Counts lines by what was said of them. */
export function countRound(lines: readonly ReviewLine[]): RoundCounts {
  const count = (wanted: Decision): number =>
    lines.filter(({ decision }) => decision?.decision === wanted).length;
  return {
    all: lines.length,
    undecided: lines.filter(({ decision }) => decision === undefined).length,
    decided: { keep: count("keep"), remove: count("remove"), ask: count("ask") },
    removed: lines.filter(({ removal }) => removal !== undefined).length,
  };
}
