import {
  invalidInput,
  invalidParameter,
  KintoneApiError,
  NOT_AN_ENUM,
  REQUIRED_PARAMETER,
} from "./kintone-api-error.ts";

/** Parameters of a request by name, from the query string or from the JSON body. */
export type Parameters = Readonly<Record<string, unknown>>;

/** Reads a query string in which lists are written as `ids[0]=1&ids[1]=2`. */
export function parseQueryString(text: string): Parameters {
  const parameters: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const list = /^(?<name>[^[\]]+)\[\d*\]$/.exec(name)?.groups?.["name"];
    if (list === undefined) parameters[name] = value;
    else parameters[list] = [...((parameters[list] as unknown[] | undefined) ?? []), value];
  }
  return parameters;
}

/** Reads a JSON body. Throws CB_IJ01 when it is none. */
export function parseBody(text: string): Parameters {
  try {
    const body: unknown = JSON.parse(text);
    if (isObject(body)) return body;
  } catch {
    // Answered below, as is JSON that is not an object.
  }
  throw new KintoneApiError(400, "CB_IJ01", { ja: "不正なJSON文字列です。", en: "Invalid JSON string." });
}

/** A required id, given as a number or a text. Throws CB_VA01 when it is missing or not a positive whole number. */
export function readId(parameters: Parameters, name: string): number {
  const id = readInteger(parameters, name);
  if (id === undefined) throw invalidParameter(name, REQUIRED_PARAMETER);
  if (id < 1)
    throw invalidParameter(name, { ja: "最小でも1以上です。", en: "must be greater than or equal to 1" });
  return id;
}

/** A whole number, if it is given. Throws CB_VA01 when it is something else. */
export function readInteger(parameters: Parameters, name: string): number | undefined {
  const value = parameters[name];
  if (value === undefined || value === null || value === "") return undefined;
  const number = Number(value);
  if (!Number.isInteger(number))
    throw invalidParameter(name, { ja: "整数でなければなりません。", en: "must be an integer" });
  return number;
}

/** A number that is not negative, or the default. Throws CB_VA01. */
export function readCount(parameters: Parameters, name: string, otherwise: number): number {
  const count = readInteger(parameters, name) ?? otherwise;
  if (count < 0)
    throw invalidParameter(name, { ja: "最小でも0以上です。", en: "must be greater than or equal to 0" });
  return count;
}

/** A text, or the default. */
export function readText(parameters: Parameters, name: string, otherwise: string): string {
  const value = parameters[name];
  return typeof value === "string" || typeof value === "number" ? String(value) : otherwise;
}

/** The same parameters. Throws CB_VA01 when this one is missing. */
export function requiring(parameters: Parameters, name: string): Parameters {
  if (parameters[name] === undefined || parameters[name] === null)
    throw invalidParameter(name, REQUIRED_PARAMETER);
  return parameters;
}

/** A list, or an empty one. Throws CB_VA01 when it is something else. */
export function readList(parameters: Parameters, name: string): readonly unknown[] {
  const list = parameters[name] ?? [];
  if (!Array.isArray(list))
    throw invalidParameter(name, { ja: "配列でなければなりません。", en: "must be an array" });
  return list;
}

/** A required object. Throws CB_VA01. */
export function readObject(parameters: Parameters, name: string): Parameters {
  const value = parameters[name];
  if (!isObject(value)) throw invalidParameter(name, REQUIRED_PARAMETER);
  return value;
}

/** A required list of objects, up to 100. Throws CB_VA01 with the verb, as in "can be added", in its message. */
export function readBatch(
  parameters: Parameters,
  name: string,
  verb: { readonly ja: string; readonly en: string },
): readonly Parameters[] {
  const list = parameters[name];
  if (!Array.isArray(list)) throw invalidParameter(name, REQUIRED_PARAMETER);
  if (list.length > 100)
    throw invalidParameter(name, {
      ja: `一度に100件までのレコードを${verb.ja}できます。`,
      en: `A maximum of 100 records can be ${verb.en} at one time.`,
    });
  return list.map((item: unknown) => (isObject(item) ? item : {}));
}

/** The ids of records to delete, 1 to 100. Throws CB_VA01. */
export function readIds(parameters: Parameters): number[] {
  const ids = parameters["ids"];
  const range = {
    ja: "一度に1件から100件までのレコードを削除できます。",
    en: "Between 1 and 100 records can be deleted at one time.",
  };
  if (!Array.isArray(ids) || ids.length === 0) throw invalidInput({ ids: [REQUIRED_PARAMETER, range] });
  if (ids.length > 100) throw invalidParameter("ids", range);
  return ids.map((id, index) => readId({ [`ids[${index}]`]: id }, `ids[${index}]`));
}

/** A list of objects, or an empty one. Throws CB_VA01 when it is something else. */
export function readObjects(parameters: Parameters, name: string): readonly Parameters[] {
  return readList(parameters, name).map((item, index) => {
    if (isObject(item)) return item;
    throw invalidParameter(`${name}[${index}]`, REQUIRED_PARAMETER);
  });
}

/** Objects by name. Throws CB_VA01 when they are missing or something else. */
export function readNamedObjects(
  parameters: Parameters,
  name: string,
): readonly (readonly [string, Parameters])[] {
  const objects = readObject(parameters, name);
  return Object.keys(objects).map((key) => [key, readObject(objects, key)] as const);
}

/** true or false, also as a text, or the default. Throws CB_VA01 when it is something else. */
export function readFlag(parameters: Parameters, name: string, otherwise: boolean): boolean {
  const value = parameters[name];
  if (value === undefined || value === null) return otherwise;
  if (value === true || value === "true") return true;
  if (value === false || value === "false") return false;
  throw invalidParameter(name, { ja: "真偽値でなければなりません。", en: "must be boolean" });
}

/** One of the given texts, or the default. Throws CB_VA01 when it is another or, without a default, missing. */
export function readChoice<Choice extends string>(
  parameters: Parameters,
  name: string,
  choices: readonly Choice[],
  otherwise?: Choice,
): Choice {
  const value = parameters[name] ?? otherwise;
  const found = choices.find((choice) => choice === value);
  if (found !== undefined) return found;
  throw invalidParameter(name, value === undefined ? REQUIRED_PARAMETER : NOT_AN_ENUM);
}

/** A text of a length within bounds. Throws CB_VA01. */
export function readBoundedText(
  parameters: Parameters,
  name: string,
  { min = 0, max }: { readonly min?: number; readonly max: number },
): string {
  const text = readText(parameters, name, "");
  if (text.length < min) throw invalidParameter(name, REQUIRED_PARAMETER);
  if (text.length > max)
    throw invalidParameter(name, {
      ja: `${max + 1}文字より短くなければなりません。`,
      en: `Enter less than ${max + 1} characters.`,
    });
  return text;
}

function isObject(value: unknown): value is Parameters {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
