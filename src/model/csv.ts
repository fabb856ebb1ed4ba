/** Begins a file that Excel is to read as UTF-8. */
const byteOrderMark = "\uFEFF";

/** Lines of cells as Excel opens them: with a byte order mark, and no text that it would take for a formula. */
export function renderCsv(rows: readonly (readonly string[])[]): string {
  return byteOrderMark + rows.map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");
}

/**
 * One cell on one line. Excel takes what begins with one of these signs for a formula, quoted or not, full width or not,
 * also behind white space: an apostrophe before it makes it text. https://owasp.org/www-community/attacks/CSV_Injection
 */
function csvCell(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ");
  const harmless = /^\s*[=+\-@＝＋－＠|%]/u.test(line) ? `'${line}` : line;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** The cells of each line; a cell in quotes may hold commas, line feeds and doubled quotes. https://www.rfc-editor.org/rfc/rfc4180 */
export function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  const cells = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/gu;
  for (const [, quoted, plain = "", end] of text.replace(/^\uFEFF/u, "").matchAll(cells)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === "") break;
    if (end !== ",") rows.push([]);
  }
  return rows;
}
