const mostTexts = 1_000;

/**
 * The same judgement, made once for each text: a pass asks the same of the same policies at every step. It must depend on
 * nothing but the text. Once there are very many, those judged longest ago are forgotten.
 */
export function judgeOnce<Judgement extends string | number | boolean | object>(
  judge: (text: string) => Judgement,
): (text: string) => Judgement {
  const judged = new Map<string, Judgement>();
  return (text) => {
    const known = judged.get(text);
    if (known !== undefined) return known;
    const judgement = judge(text);
    judged.set(text, judgement);
    if (judged.size > mostTexts) {
      const [oldest = text] = judged.keys();
      judged.delete(oldest);
    }
    return judgement;
  };
}
