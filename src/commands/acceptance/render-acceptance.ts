import {
  type Facts,
  type HandStepName,
  handSteps,
  judgeStep,
  type MeasuredStepName,
  type StepResult,
} from "../../model/acceptance.ts";
import type { Language } from "../../model/config.ts";
import type { Paint } from "../../report/paint.ts";
import { safeLine } from "../../report/safe-text.ts";
import { acceptanceTexts } from "../../words/acceptance-texts.ts";
import { stepNames } from "./run-steps.ts";

const marks: Readonly<Record<StepResult["verdict"], string>> = {
  "as-expected": "✓",
  otherwise: "✗",
  "not-done": "–",
};

/** One step with what was expected and what was seen. */
export function renderStep(
  { step, verdict, expected, seen, requests }: StepResult,
  language: Language,
  paint: Paint,
): string {
  const texts = acceptanceTexts(language);
  const colours = { "as-expected": paint.create, otherwise: paint.remove, "not-done": paint.dim };
  const id = requests.findLast(({ requestId }) => requestId !== undefined)?.requestId;
  const lastRequest = id === undefined ? "" : ` (${texts.request(id)})`;
  return [
    `${colours[verdict](marks[verdict])} ${step}: ${texts.measured[step]}`,
    ...(verdict === "otherwise" ? [`    ${texts.expected(line(expected))}`] : []),
    `    ${verdict === "not-done" ? texts.notDone : texts.seen(safeLine(line(seen)))}${lastRequest}`,
  ].join("\n");
}

/** What would be done, and what takes a person. */
export function renderSteps(language: Language): string {
  const texts = acceptanceTexts(language);
  const measured = stepNames.map((step: MeasuredStepName) => {
    const { expected } = judgeStep(step, {});
    return `  ${step}: ${texts.measured[step]} ${texts.expected(line(expected))}`;
  });
  return [texts.headings.measured, ...measured, "", ...handLines(language)].join("\n");
}

/** What takes a person. */
export function handLines(language: Language): readonly string[] {
  const texts = acceptanceTexts(language);
  const names = Object.keys(handSteps) as readonly HandStepName[];
  return [texts.headings.byHand, ...names.map((step) => `  ${step}: ${texts.byHand[step]}`)];
}

function line(facts: Facts): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
}
