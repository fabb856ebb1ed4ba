/** Most records kintone gives in one answer: https://cybozu.dev/ja/kintone/docs/rest-api/records/get-records/ */
export const pageSize = 500;

/**
 * Asks for the page after a record. Paging by `$id` neither ends at 10,000 records as an offset does, nor takes one of
 * the ten cursors that everybody in the domain shares.
 */
export function pageQuery(condition: string, lastId: number): string {
  const after = `$id > ${lastId} order by $id asc limit ${pageSize}`;
  return condition === "" ? after : `(${condition}) and ${after}`;
}

/** Why the condition cannot be put into a page query; undefined when it can. */
export function conditionProblem(condition: string): string | undefined {
  const outsideLiterals = condition.replace(/"(?:[^"\\]|\\.)*"/gs, '""');
  if (outsideLiterals.replaceAll('""', "").includes('"')) return "a quotation mark is not closed";
  const option = /\border\s+by\b|\blimit\s+\d|\boffset\s+\d/i.exec(outsideLiterals);
  if (option) return `only a condition may stand here, without "${option[0]}"`;
  return areParenthesesBalanced(outsideLiterals) ? undefined : "the parentheses do not match";
}

/** An unbalanced condition would close our own parenthesis and turn the page query into another one. */
function areParenthesesBalanced(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0;
}
