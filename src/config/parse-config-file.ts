import type { Document, ErrorCode, YAMLParseError } from "yaml";
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import { isTree } from "./config-tree.ts";
import type { Bilingual, Finding } from "./finding.ts";

export interface ConfigFile {
  /** As a message should name it. */
  readonly path: string;
  readonly text: string;
}

interface ParsedFile {
  readonly tree: unknown;
  /** False when the text is not YAML at all, so that its keys cannot be judged. */
  readonly readable: boolean;
  readonly findings: readonly Finding[];
  readonly placeOf: FindPlace;
}

/** File, line and column of the key or list item at a dotted path, as `file:3:5`; undefined where the file has none. */
type FindPlace = (path: string) => string | undefined;

const duplicateKey: Bilingual = {
  ja: "同じキーが2回書かれています。どちらか一方を削除してください。",
  en: "The same key is written twice; delete one of the two.",
};

const syntaxMessages: Readonly<Partial<Record<ErrorCode, Bilingual>>> = {
  DUPLICATE_KEY: duplicateKey,
  TAB_AS_INDENT: {
    ja: "YAMLの字下げにタブは使えません。半角スペースに置き換えてください。",
    en: "YAML cannot be indented with tabs; use spaces.",
  },
  BAD_INDENT: {
    ja: "字下げがそろっていません。同じ階層のキーは同じ数の半角スペースで始めてください。",
    en: "The indentation does not line up; start the keys of one level with the same number of spaces.",
  },
  MULTIPLE_DOCS: {
    ja: "設定は1つだけ書けます。「---」以降を削除してください。",
    en: "The file can hold one document only; delete everything from `---` on.",
  },
  MISSING_CHAR: {
    ja: "閉じる引用符またはかっこ、コロン、空白などが足りません。この行と前の行を確認してください。",
    en: "A closing quote or bracket, a colon or a space is missing; look at this line and the one before.",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    ja: "キーと値の書き方が正しくありません。コロンを含む値は引用符で囲んでください。",
    en: "Key and value are not written as YAML wants; put a value that contains a colon in quotes.",
  },
};

const otherSyntax: Bilingual = {
  ja: "YAMLとして読めません。この行の書き方を確認してください。",
  en: "This is not valid YAML; check how this line is written.",
};

const brokenAlias: Bilingual = {
  ja: "YAMLのエイリアス（*）を解決できません。値をそのまま書いてください。",
  en: "A YAML alias (*) cannot be resolved; write the value itself.",
};

/** Parses the YAML text and reports every mistake with its line. Messages never quote the text: it may hold a secret. */
export function parseConfigFile(file: ConfigFile | undefined): ParsedFile {
  const nowhere = (): undefined => undefined;
  if (file === undefined) return { tree: {}, readable: true, findings: [], placeOf: nowhere };
  const lineCounter = new LineCounter();
  const document = parseDocument(file.text, { prettyErrors: true, logLevel: "error", lineCounter });
  const findings = document.errors.map((error) => describeSyntaxError(file.path, error));
  if (document.errors.some((error) => error.code !== "DUPLICATE_KEY")) {
    return { tree: {}, readable: false, findings, placeOf: nowhere };
  }
  const placeOf: FindPlace = (path) => {
    const offset = offsetOf(document, path.split("."));
    if (offset === undefined) return undefined;
    const { line, col } = lineCounter.linePos(offset);
    return `${file.path}:${line}:${col}`;
  };
  try {
    return { tree: withoutNulls(document.toJS() ?? {}), readable: true, findings, placeOf };
  } catch {
    // Only aliases are left to go wrong here: unknown ones, and ones that repeat a value too often.
    const finding = { path: file.path, message: brokenAlias };
    return { tree: {}, readable: false, findings: [...findings, finding], placeOf: nowhere };
  }
}

function offsetOf(document: Document, path: readonly string[]): number | undefined {
  let node: unknown = document.contents;
  let offset: number | undefined;
  for (const key of path) {
    const pair = isMap(node)
      ? node.items.find(({ key: found }) => isScalar(found) && String(found.value) === key)
      : undefined;
    const here: unknown = isSeq(node) ? node.items[Number(key)] : pair?.key;
    if (!isNode(here)) return undefined;
    offset = here.range?.[0];
    node = isSeq(node) ? here : pair?.value;
  }
  return offset;
}

function describeSyntaxError(path: string, error: YAMLParseError): Finding {
  const start = error.linePos?.[0];
  return {
    path: start === undefined ? path : `${path}:${start.line}:${start.col}`,
    message: syntaxMessages[error.code] ?? otherSyntax,
  };
}

/** A key without a value counts as not written, except in a field mapping, where null says that there is no field. */
function withoutNulls(value: unknown, depth = 0): unknown {
  // The depth ends the walk where an alias makes the tree a circle.
  if (!isTree(value) || depth > 3) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, child]) => child !== null)
      .map(([key, child]) => [key, key === "fields" ? child : withoutNulls(child, depth + 1)]),
  );
}
