/** Whether a condition in kintone's query language names the field; what stands in quotation marks is a value. */
export function namesField(condition: string, code: string): boolean {
  const outsideLiterals = condition.replaceAll(/"(?:[^"\\]|\\.)*"/gsu, " ");
  const words = outsideLiterals.split(/[^\p{L}\p{M}\p{N}_$＄・･¥￥€£]+/u);
  return words.includes(code);
}
