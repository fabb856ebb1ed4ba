import { desiredMutants } from "./desired-mutants.ts";
import { guardMutants } from "./guard-mutants.ts";
import { guardrailMutants } from "./guardrail-mutants.ts";
import type { Mutant } from "./mutant.ts";
import { passMutants } from "./pass-mutants.ts";
import { peopleMutants } from "./people-mutants.ts";
import { planMutants } from "./plan-mutants.ts";
import { trustMutants } from "./trust-mutants.ts";

/** Every guard, every hold, every lock, and what else keeps a plan from doing harm. */
export const mutants: readonly Mutant[] = [
  ...guardMutants,
  ...planMutants,
  ...peopleMutants,
  ...desiredMutants,
  ...guardrailMutants,
  ...passMutants,
  ...trustMutants,
];
