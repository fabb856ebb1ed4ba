import {
  type Facts,
  judgeStep,
  measuredSteps,
  type MeasuredStepName,
  type StepResult,
} from "../../model/acceptance.ts";
import type { Transcript } from "../../aws/acceptance/record-requests.ts";
import { secondsSince } from "../../aws/acceptance/bench.ts";
import { errorName } from "../../aws/translate-error.ts";
import type { Clock } from "../../ports.ts";

/** The names of the steps, in order. */
export const stepNames = Object.keys(measuredSteps) as readonly MeasuredStepName[];

export interface Stepping {
  /** Undefined where a step cannot be done. */
  readonly measure: (step: MeasuredStepName) => Promise<Facts | undefined>;
  readonly transcript: Transcript;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told of each step that is over. */
  readonly onStep: (result: StepResult) => void;
}

/** Every step in order; none throws, and none begins once the signal is aborted. */
export async function runSteps(stepping: Stepping): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  for (const step of stepNames) {
    const result = await runStep(step, stepping);
    stepping.onStep(result);
    results.push(result);
  }
  return results;
}

async function runStep(
  step: MeasuredStepName,
  { measure, transcript, clock, signal }: Stepping,
): Promise<StepResult> {
  const startedAtMs = clock.now();
  transcript.take();
  const seen = signal.aborted ? undefined : await measure(step).catch(failure);
  return {
    step,
    ...judgeStep(step, seen),
    seen: seen ?? {},
    seconds: secondsSince(clock, startedAtMs),
    requests: transcript.take(),
  };
}

function failure(error: unknown): Facts {
  return { failedWith: errorName(error) };
}
