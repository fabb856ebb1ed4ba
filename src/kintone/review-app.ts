import type { KintoneRestAPIClient } from "@kintone/rest-api-client";
import * as z from "zod";

import { PassError } from "../errors.ts";
import { addRecords } from "./add-records.ts";
import { type RequestSettings, sendRequest, unexpectedAnswer } from "./send-request.ts";

interface ReviewAppSettings extends RequestSettings {
  readonly client: KintoneRestAPIClient;
}

interface Found {
  readonly id: number;
  readonly texts: Readonly<Record<string, string>>;
  readonly modifier: string;
  readonly updatedAt: string;
}

interface Row {
  readonly key: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly owner: string | undefined;
}

const pageSize = 500;

const pageSchema = z.object({
  records: z.array(z.record(z.string(), z.object({ type: z.string(), value: z.unknown() }))).max(pageSize),
});
const personSchema = z.object({ code: z.string(), name: z.string() });

/** The records of the day, ascending by id, each with who changed it last and when. Throws a PassError. */
export async function readReviewApp(
  settings: ReviewAppSettings,
  app: number,
  due: string,
): Promise<readonly Found[]> {
  const about = { appId: app, request: "GET records.json" };
  const found: Found[] = [];
  for (;;) {
    const query = `$id > ${found.at(-1)?.id ?? 0} and due = "${due}" order by $id asc limit ${pageSize}`;
    const send = () => settings.client.record.getRecords({ app, query });
    const { success, data } = pageSchema.safeParse(await sendRequest(settings, about, send));
    if (!success) throw unexpectedAnswer(about);
    found.push(...data.records.map((record) => foundIn(record, about)));
    if (data.records.length < pageSize) return found;
  }
}

type Fields = z.infer<typeof pageSchema>["records"][number];

/** The system's fields are known by their types: their codes are in the language of the person who made the app. */
function foundIn(record: Fields, about: { readonly appId: number; readonly request: string }): Found {
  const texts = Object.entries(record).flatMap(([code, { value }]) =>
    typeof value === "string" ? [[code, value] as const] : [],
  );
  const ofType = (wanted: string): unknown =>
    Object.values(record).find(({ type }) => type === wanted)?.value;
  const modifier = personSchema.safeParse(ofType("MODIFIER"));
  const updatedAt = ofType("UPDATED_TIME");
  const id = Number(ofType("__ID__"));
  if (!modifier.success || typeof updatedAt !== "string" || !Number.isSafeInteger(id)) {
    throw unexpectedAnswer(about);
  }
  const { code, name } = modifier.data;
  return { id, texts: Object.fromEntries(texts), modifier: `${name} (${code})`, updatedAt };
}

/**
 * Adds the rows. An owner whom kintone does not know any more is left out, and the others are not asked about that login
 * again. Throws a PassError; what was added before stays.
 */
export async function addReviewRows(
  settings: ReviewAppSettings,
  app: number,
  rows: readonly Row[],
): Promise<void> {
  const unknown = new Set<string>();
  const add = async (part: readonly Row[]): Promise<void> => {
    const records = part.map((row) => fieldsOf(row, unknown));
    try {
      await addRecords(settings, app, records);
    } catch (error) {
      const [first, second] = part;
      const owner = first?.owner;
      const isOwners = error instanceof PassError && error.code === "kintone.request-failed";
      if (!isOwners || first === undefined) throw error;
      if (second !== undefined) {
        const middle = Math.ceil(part.length / 2);
        await add(part.slice(0, middle));
        return add(part.slice(middle));
      }
      if (owner === undefined || unknown.has(owner)) throw error;
      unknown.add(owner);
      await add(part);
    }
  };
  for (let from = 0; from < rows.length; from += 100) await add(rows.slice(from, from + 100));
}

function fieldsOf({ key, texts, owner }: Row, unknown: ReadonlySet<string>) {
  const text = (value: string) => ({ type: "SINGLE_LINE_TEXT", value });
  const values = Object.entries(texts).map(([code, value]) => [code, text(value)] as const);
  const isKnown = owner !== undefined && owner !== "" && !unknown.has(owner);
  return {
    ...Object.fromEntries(values),
    key: text(key),
    owner: { type: "USER_SELECT", value: isKnown ? [{ code: owner }] : [] },
  };
}
