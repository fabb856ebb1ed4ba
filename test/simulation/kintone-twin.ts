import { KintoneRestAPIError } from "@kintone/rest-api-client";
import type { KintoneRestAPIClient } from "@kintone/rest-api-client";

import { pageSize } from "../../src/kintone/page-query.ts";
import { createRecordSource } from "../../src/kintone/record-source.ts";
import { fieldDefinitions, type AppKind } from "../../src/model/fields.ts";
import type { Clock, RecordSource } from "../../src/ports.ts";
import { inlinePolicy } from "./definitions.ts";
import { looked, type Look, type Meant, withMeanings } from "./meant-sets.ts";
import { assignmentApp, config, permissionSetApp, userName } from "./company.ts";

/** One field of the record cannot be understood; the others stay as they were. */
export type SetFlaw = "name-emptied" | "policy-unknown" | "duration-invalid" | "policy-broken";
export type AssignmentFlaw =
  | "set-unknown"
  | "set-emptied"
  | "user-unknown"
  | "group-unknown"
  | "principals-emptied"
  | "account-unknown"
  | "accounts-emptied";

interface RecordBase {
  readonly id: number;
  readonly revision: number;
  readonly updatedAtMs: number;
}

/** What the author means by a record of the permission-set app, and what is wrong with it. */
export interface SetRecord extends RecordBase {
  readonly name: string;
  readonly hours: number;
  readonly policies: readonly string[];
  readonly inline: boolean;
  readonly flaw?: SetFlaw;
  /** The first record that this one was entered again for, or copied from; none where it is the first. */
  readonly line?: number;
}

export interface AssignmentRecord extends RecordBase {
  readonly set: string;
  readonly users: readonly string[];
  readonly groups: readonly string[];
  readonly accounts: readonly string[];
  readonly flaw?: AssignmentFlaw;
  /** Kept by the twin. */
  readonly meant?: Meant;
}

/** Both apps as one read finds them. */
export interface Records {
  readonly sets: readonly SetRecord[];
  readonly assignments: readonly AssignmentRecord[];
}

/** What goes wrong when the source is read. Of the last three nobody can tell from the answers that they are wrong. */
export type SourceFault =
  | { readonly kind: "fails-at"; readonly request: number }
  | { readonly kind: "html"; readonly request: number }
  | { readonly kind: "cut-short"; readonly app: AppKind; readonly left: number }
  | { readonly kind: "hidden-field"; readonly app: AppKind; readonly field: number }
  | { readonly kind: "wrong-app" }
  | { readonly kind: "emptied"; readonly app: AppKind }
  | { readonly kind: "shrunk"; readonly app: AppKind; readonly left: number };

export function isTellable({ kind }: SourceFault): boolean {
  return kind !== "emptied" && kind !== "shrunk";
}

const brokenPolicy = '{ "Version": "2012-10-17", "Statement": [';

/** kintone's two apps: the records as people left them, read through the real adapter by `connect`. */
export interface KintoneTwin {
  readonly records: () => Records;
  readonly replace: (records: Partial<Records>) => void;
  readonly nextId: () => number;
  /** A pass has looked at records: what it found out about names counts from then on. */
  readonly look: (seen: Records, look: Look) => Records;
  readonly connect: (fault?: SourceFault, read?: number) => KintoneConnection;
}

/** The source of one pass, which goes wrong from its n-th read on. */
export interface KintoneConnection {
  readonly source: RecordSource;
  /** What the answers of the last read showed. */
  readonly seen: () => Records;
  /** Whether anything has gone wrong. */
  readonly isFaulted: () => boolean;
}

export function createKintoneTwin(clock: Clock, initial: Records): KintoneTwin {
  let records = withMeanings(initial);
  let lastId = Math.max(0, ...[...initial.sets, ...initial.assignments].map(({ id }) => id));
  return {
    records: () => records,
    replace: (changed) => void (records = withMeanings({ ...records, ...changed }, records)),
    look: (seen, look) => {
      records = looked(records, seen, look);
      return looked(seen, seen, look);
    },
    nextId: () => (lastId += 1),
    connect: (fault, from = 1) => {
      const sourceOf = ({ client }: Pick<Answers, "client">): RecordSource =>
        createRecordSource({ client, config: config.kintone, clock, random: () => 0.5 });
      let shown = records;
      let isFaulted = false;
      let reads = 0;
      const readAllRecords = async () => {
        reads += 1;
        const met = reads < from ? undefined : fault;
        shown = shownRecords(records, met);
        const answers = createAnswers(shown, met);
        try {
          return await sourceOf(answers).readAllRecords();
        } finally {
          isFaulted ||= answers.isFaulted();
        }
      };
      return { source: { readAllRecords }, seen: () => shown, isFaulted: () => isFaulted };
    },
  };
}

function shownRecords(records: Records, fault: SourceFault | undefined): Records {
  if (fault?.kind !== "emptied" && fault?.kind !== "shrunk") return records;
  const left = fault.kind === "emptied" ? 0 : fault.left;
  return fault.app === "permissionSets"
    ? { ...records, sets: records.sets.slice(0, left) }
    : { ...records, assignments: records.assignments.slice(0, left) };
}

type Fields = Readonly<Record<string, { readonly type: string; readonly value: unknown }>>;

interface Answers {
  readonly client: KintoneRestAPIClient;
  readonly isFaulted: () => boolean;
}

/** As much of kintone's client as reading takes. */
function createAnswers(records: Records, fault: SourceFault | undefined): Answers {
  let requests = 0;
  const isFaulted = (): boolean =>
    fault?.kind === "fails-at" || fault?.kind === "html" ? requests > fault.request : fault !== undefined;
  const answer = async (body: unknown): Promise<unknown> => {
    await Promise.resolve();
    const request = requests;
    requests += 1;
    if (fault?.kind === "fails-at" && request === fault.request) throw refusal();
    if (fault?.kind === "html" && request === fault.request) return "<!DOCTYPE html>";
    return body;
  };
  const rowsOf = (kind: AppKind): readonly Fields[] =>
    kind === "permissionSets" ? records.sets.map(showSet) : records.assignments.map(showAssignment);
  const client = {
    app: {
      getApp: ({ id }: { id: number }) => {
        const app = fault?.kind === "wrong-app" && id === assignmentApp ? permissionSetApp : id;
        return answer({ appId: String(app), name: "App" });
      },
      getFormFields: ({ app }: { app: number }) => answer({ properties: formOf(kindOf(app)) }),
    },
    record: {
      getRecords: ({ app, query }: { app: number; query: string }) => {
        const kind = kindOf(app);
        const after = Number(/\$id > (\d+)/.exec(query)?.[1]);
        const rows = rowsOf(kind).filter((row) => Number(row["$id"]?.value) > after);
        const shown = rows.slice(0, pageSize).map((row) => hide(row, kind, fault));
        const cut = fault?.kind === "cut-short" && fault.app === kind ? shown.slice(0, fault.left) : shown;
        return answer({ records: cut, totalCount: String(rows.length) });
      },
    },
  };
  return { client: client as unknown as KintoneRestAPIClient, isFaulted };
}

function refusal(): KintoneRestAPIError {
  return new KintoneRestAPIError({
    status: 403,
    headers: {},
    data: { id: "1", code: "CB_NO02", message: "No privilege to proceed." },
  } as never);
}

function kindOf(app: number): AppKind {
  return app === permissionSetApp ? "permissionSets" : "assignments";
}

/** The fields that the simulation's apps have: those of times are not among them, which an app may lack. */
function fieldsOf(kind: AppKind) {
  return Object.values(fieldDefinitions[kind]).filter(({ shape }) => shape !== "moment");
}

function formOf(kind: AppKind): Readonly<Record<string, { type: string; label: string }>> {
  const own = fieldsOf(kind).map(
    ({ shape, defaultCode }) =>
      [defaultCode, shape === "people" ? "USER_SELECT" : "MULTI_LINE_TEXT"] as const,
  );
  const system = [
    ["creator", "CREATOR"],
    ["modifier", "MODIFIER"],
    ["updated", "UPDATED_TIME"],
  ] as const;
  return Object.fromEntries([...own, ...system].map(([code, type]) => [code, { type, label: code }]));
}

function hide(row: Fields, kind: AppKind, fault: SourceFault | undefined): Fields {
  if (fault?.kind !== "hidden-field" || fault.app !== kind) return row;
  const codes = fieldsOf(kind).map(({ defaultCode }) => defaultCode);
  const hidden = codes[fault.field % codes.length];
  return Object.fromEntries(Object.entries(row).filter(([code]) => code !== hidden));
}

function showRecord({ id, revision, updatedAtMs }: RecordBase, values: Fields): Fields {
  const person = { code: "author", name: "Author" };
  return {
    $id: { type: "__ID__", value: String(id) },
    $revision: { type: "__REVISION__", value: String(revision) },
    creator: { type: "CREATOR", value: person },
    modifier: { type: "MODIFIER", value: person },
    updated: { type: "UPDATED_TIME", value: new Date(updatedAtMs).toISOString() },
    ...values,
  };
}

function text(value: string): { type: string; value: string } {
  return { type: "MULTI_LINE_TEXT", value };
}

function showSet(record: SetRecord): Fields {
  const { name, hours, policies, inline, flaw } = record;
  return showRecord(record, {
    name: text(flaw === "name-emptied" ? "" : name),
    description: text("Simulated"),
    session_duration: text(flaw === "duration-invalid" ? "99 weeks" : String(hours)),
    relay_state: text(""),
    managed_policies: text([...policies, ...(flaw === "policy-unknown" ? ["NoSuchPolicy"] : [])].join("\n")),
    customer_managed_policies: text(""),
    permissions_boundary: text(""),
    inline_policy: text(flaw === "policy-broken" ? brokenPolicy : inline ? inlinePolicy : ""),
  });
}

function showAssignment(record: AssignmentRecord): Fields {
  const { set, users, groups, accounts, flaw } = record;
  const nobody = flaw === "principals-emptied";
  const people = [...(nobody ? [] : users), ...(flaw === "user-unknown" ? ["nobody"] : [])];
  const teams = [...(nobody ? [] : groups), ...(flaw === "group-unknown" ? ["No such group"] : [])];
  const places = flaw === "accounts-emptied" ? [] : accounts;
  const shownSet = { "set-unknown": "NoSuchSet", "set-emptied": "" }[String(flaw)] ?? set;
  return showRecord(record, {
    permission_set: text(shownSet),
    users: { type: "USER_SELECT", value: people.map((code) => ({ code, name: userName(code) })) },
    groups: text(teams.join("\n")),
    accounts: text([...places, ...(flaw === "account-unknown" ? ["Nowhere"] : [])].join("\n")),
  });
}
