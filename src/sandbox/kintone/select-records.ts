import { stateNames } from "./app-settings.ts";
import type { App, CellValue, Domain, StoredRecord, TableRow } from "./kintone-domain.ts";
import { toMinute } from "./kintone-domain.ts";
import { entityNotFound, invalidParameter, KintoneApiError } from "./kintone-api-error.ts";
import type { FormProperty, Named } from "./kintone-seed.ts";
import { type Comparison, type Condition, type Operator, parseQuery, type Query } from "./parse-query.ts";
import { callFunction } from "./query-functions.ts";
import { renderRecord } from "./render-record.ts";

/** What a query finds: one page, how many there are, and whether the search was cut off. */
export interface Selection {
  readonly records: readonly StoredRecord[];
  readonly totalCount: number;
  readonly isAborted: boolean;
}

interface Field {
  readonly type: string;
  readonly property: FormProperty | undefined;
  /** The table the field stands in. */
  readonly table: FormProperty | undefined;
}

type Test = (record: StoredRecord) => boolean;

const EQUAL: readonly Operator[] = ["=", "!="];
const ORDERED: readonly Operator[] = [...EQUAL, "<", ">", "<=", ">="];
const MEMBER: readonly Operator[] = ["in", "not in"];
const WORDS: readonly Operator[] = ["like", "not like"];
const EMPTY: readonly Operator[] = ["is empty", "is not empty"];

const NUMBERS = ["__ID__", "RECORD_NUMBER", "NUMBER", "CALC"];
const TIMES = ["DATE", "TIME", "DATETIME", "CREATED_TIME", "UPDATED_TIME"];
const USERS = ["USER_SELECT", "CREATOR", "MODIFIER", "STATUS_ASSIGNEE"];
const CHOICES = ["CHECK_BOX", "MULTI_SELECT", "RADIO_BUTTON", "DROP_DOWN"];

/** https://cybozu.dev/ja/kintone/docs/overview/query/#field-operator */
const ALLOWED_OPERATORS: ReadonlyMap<string, readonly Operator[]> = new Map([
  ...NUMBERS.map((type) => [type, [...ORDERED, ...MEMBER]] as const),
  ...TIMES.map((type) => [type, ORDERED] as const),
  ...USERS.map((type) => [type, MEMBER] as const),
  ...CHOICES.map((type) => [type, MEMBER] as const),
  ...["GROUP_SELECT", "ORGANIZATION_SELECT"].map((type) => [type, MEMBER] as const),
  ...["SINGLE_LINE_TEXT", "LINK"].map((type) => [type, [...EQUAL, ...MEMBER, ...WORDS]] as const),
  ...["MULTI_LINE_TEXT", "RICH_TEXT", "FILE"].map((type) => [type, [...WORDS, ...EMPTY]] as const),
  ["STATUS", [...EQUAL, ...MEMBER]],
]);

/**
 * Finds records by a query, newest id first unless ordered otherwise. Throws GAIA_IQ11 for an unknown field, GAIA_IQ03
 * and GAIA_IQ07 for an operator the field does not take, GAIA_IQ10 for an unknown choice, GAIA_ST02 for a status where
 * there is no process management. Past the domain's bound the search stops and says so.
 */
export function selectRecords(
  domain: Domain,
  app: App,
  query: Query,
  isVisible: Test,
  user: string,
): Selection {
  const matches = query.condition ? compile({ domain, app, user }, query.condition) : () => true;
  const order = query.order.length > 0 ? query.order : [{ field: "$id", descending: true }];
  const compare = order.map(({ field, descending }) => compileOrder(app, field, descending));
  const found: StoredRecord[] = [];
  let isAborted = false;
  for (const record of app.records.values()) {
    if (!isVisible(record) || !matches(record)) continue;
    if (found.length === domain.maxMatches) {
      isAborted = true;
      break;
    }
    found.push(record);
  }
  found.sort((left, right) => compare.reduce((sign, next) => (sign === 0 ? next(left, right) : sign), 0));
  const records = found.slice(query.offset, query.offset + query.limit);
  return { records, totalCount: found.length, isAborted };
}

/** Whether a record meets a condition of the settings; an empty one is met by every record. */
export function matchesCondition(
  domain: Domain,
  app: App,
  text: string,
  record: StoredRecord,
  user: string,
): boolean {
  const { condition } = parseQuery(text);
  return condition === undefined || compile({ domain, app, user }, condition)(record);
}

/** Checks a condition and an order of the settings against the app's fields. Throws as selectRecords does. */
export function checkCondition(domain: Domain, app: App, text: string, sort = ""): void {
  const { condition, order } = parseQuery(sort === "" ? text : `${text} order by ${sort}`);
  if (condition !== undefined) compile({ domain, app, user: "" }, condition);
  for (const { field, descending } of order) compileOrder(app, field, descending);
}

/** What a condition is read against; the user is whom LOGINUSER() stands for. */
interface Scope {
  readonly domain: Domain;
  readonly app: App;
  readonly user: string;
}

function compile(scope: Scope, condition: Condition): Test {
  if (condition.kind === "comparison") return compileComparison(scope, condition);
  const left = compile(scope, condition.left);
  const right = compile(scope, condition.right);
  return condition.kind === "and"
    ? (record) => left(record) && right(record)
    : (record) => left(record) || right(record);
}

function compileComparison({ domain, app, user }: Scope, comparison: Comparison): Test {
  const field = findField(app, comparison.field);
  const given = comparison.values.map((value) =>
    typeof value === "string" ? value : callFunction(value, field.type, domain.now(), user),
  );
  // kintone looks at the values first: an unknown choice is reported even where the operator is wrong too.
  checkChoices(app, field, comparison.field, given);
  checkUsers(domain, field, given);
  checkOperator(field, comparison);
  const values = given.map((value) => toComparable(field, value));
  const holds = HOLDS[comparison.operator];
  return (record) => holds(readTexts(app, record, field), values, field);
}

const HOLDS: Readonly<
  Record<Operator, (texts: readonly string[], values: readonly string[], field: Field) => boolean>
> = {
  "=": (texts, [value = ""], field) => texts.some((text) => sign(field, text, value) === 0),
  "!=": (texts, [value = ""], field) => !texts.some((text) => sign(field, text, value) === 0),
  "<": (texts, [value = ""], field) => texts.some((text) => text !== "" && sign(field, text, value) < 0),
  ">": (texts, [value = ""], field) => texts.some((text) => text !== "" && sign(field, text, value) > 0),
  "<=": (texts, [value = ""], field) => texts.some((text) => text !== "" && sign(field, text, value) <= 0),
  ">=": (texts, [value = ""], field) => texts.some((text) => text !== "" && sign(field, text, value) >= 0),
  in: (texts, values) => texts.some((text) => values.includes(text)),
  "not in": (texts, values) => !texts.some((text) => values.includes(text)),
  like: (texts, [value = ""]) => texts.some((text) => hasWord(text, value)),
  "not like": (texts, [value = ""]) => !texts.some((text) => hasWord(text, value)),
  "is empty": (texts) => texts.every((text) => text.trim() === ""),
  "is not empty": (texts) => texts.some((text) => text.trim() !== ""),
};

function findField(app: App, code: string): Field {
  if (code === "$id") return { type: "__ID__", property: undefined, table: undefined };
  const property = app.live.fields.get(code);
  if (property !== undefined) return { type: property.type, property, table: undefined };
  for (const table of app.live.fields.values()) {
    const column = table.fields?.[code];
    if (column !== undefined) return { type: column.type, property: column, table };
  }
  throw new KintoneApiError(400, "GAIA_IQ11", {
    ja: `指定されたフィールド（${code}）が見つかりません。`,
    en: `Specified field (${code}) not found.`,
  });
}

function checkOperator(field: Field, { field: code, operator }: Comparison): void {
  if (field.table !== undefined && EQUAL.includes(operator))
    throw new KintoneApiError(400, "GAIA_IQ07", {
      ja: `テーブルに設定している場合、${code}フィールドのフィールドタイプには、演算子${operator}を使用できません。`,
      en: `The operator ${operator} cannot be used with the field type of the field ${code} inside a table.`,
    });
  if (ALLOWED_OPERATORS.get(field.type)?.includes(operator)) return;
  throw new KintoneApiError(400, "GAIA_IQ03", {
    ja: `${code}フィールドのフィールドタイプには演算子${operator}を使用できません。`,
    en: `The field type of the field ${code} does not support the operator ${operator}.`,
  });
}

function checkChoices(app: App, field: Field, code: string, values: readonly string[]): void {
  if (field.type === "STATUS" && !app.live.process.enable)
    throw new KintoneApiError(400, "GAIA_ST02", {
      ja: "操作に失敗しました。プロセス管理機能が無効化されています。",
      en: "Your request failed. The process management feature has been disabled.",
    });
  const choices = readChoices(app, field);
  const unknown = choices && values.find((value) => value !== "" && !choices.includes(value));
  if (unknown === undefined) return;
  throw new KintoneApiError(400, "GAIA_IQ10", {
    ja: `フィールド「${code}」の項目に「${unknown}」は存在しません。`,
    en: `The option "${unknown}" does not exist in the field "${code}".`,
  });
}

function readChoices(app: App, field: Field): readonly string[] | undefined {
  if (field.type === "STATUS") return stateNames(app.live);
  return CHOICES.includes(field.type) ? Object.keys(field.property?.options ?? {}) : undefined;
}

function checkUsers(domain: Domain, field: Field, values: readonly string[]): void {
  if (!USERS.includes(field.type)) return;
  const unknown = values.find((code) => code !== "" && code !== "Administrator" && !domain.users.has(code));
  if (unknown !== undefined) throw entityNotFound("USER", unknown);
}

function toComparable(field: Field, value: string): string {
  if (!["DATETIME", "CREATED_TIME", "UPDATED_TIME"].includes(field.type) || value === "") return value;
  const time = new Date(value);
  if (Number.isNaN(time.getTime()))
    throw invalidParameter("query", { ja: "日時の形式が正しくありません。", en: "Invalid date and time." });
  return toMinute(time);
}

function sign(field: Field, left: string, right: string): number {
  if (NUMBERS.includes(field.type)) return Math.sign(Number(left) - Number(right));
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** A word search, not a substring search: `key` does not find `keyword`. Japanese is found from two characters on. */
function hasWord(text: string, wanted: string): boolean {
  const [haystack, needle] = [text.toLowerCase(), wanted.toLowerCase()];
  if (needle === "") return false;
  if (!/^[\x20-\x7E]+$/.test(needle)) return needle.length > 1 && haystack.includes(needle);
  for (let at = haystack.indexOf(needle); at >= 0; at = haystack.indexOf(needle, at + 1)) {
    const around = [haystack[at - 1], haystack[at + needle.length]];
    if (around.every((character) => character === undefined || !/[a-z0-9]/.test(character))) return true;
  }
  return false;
}

/** The values of a field as texts to compare: users by code, nothing entered as an empty text. */
function readTexts(app: App, record: StoredRecord, field: Field): readonly string[] {
  const { property, table } = field;
  if (property === undefined || property.type === "RECORD_NUMBER") return [String(record.id)];
  if (table !== undefined) {
    const rows = (record.values[table.code] ?? []) as readonly TableRow[];
    return rows.flatMap((row) => toTexts(row.value[property.code] ?? null));
  }
  const rendered = renderRecord(app, record, (code) => code === property.code)[property.code];
  return toTexts((rendered?.value ?? null) as CellValue | Named);
}

function toTexts(value: CellValue | Named): string[] {
  if (value === null) return [""];
  if (typeof value === "string") return [value];
  if ("code" in value) return [value.code];
  if (value.length === 0) return [""];
  return value.map((part) => (typeof part === "string" ? part : "code" in part ? part.code : part.id));
}

function compileOrder(
  app: App,
  code: string,
  isDescending: boolean,
): (left: StoredRecord, right: StoredRecord) => number {
  const field = findField(app, code);
  const isSortable = field.table === undefined && !["MULTI_LINE_TEXT", "RICH_TEXT"].includes(field.type);
  if (!isSortable)
    throw new KintoneApiError(400, "GAIA_IQ03", {
      ja: `${code}フィールドのフィールドタイプにはorder byを使用できません。`,
      en: `The field type of the field ${code} does not support order by.`,
    });
  const text = (record: StoredRecord) => readTexts(app, record, field).join(" ");
  return (left, right) => sign(field, text(left), text(right)) * (isDescending ? -1 : 1);
}
