import type { Config, Secrets } from "../../model/config.ts";
import type { Change } from "../../model/plan.ts";
import type { Clock } from "../../ports.ts";
import type { Surroundings } from "../../process/process-face.ts";
import { keepAdoption } from "../../tell/keep-adoption.ts";
import { connectToAws } from "../../wiring/connect-to-aws.ts";
import { configuredMemory } from "../../wiring/wire.ts";
import { adoptionTexts } from "../../words/adoption-texts.ts";
import { describeMemoryRefusal, memoryTexts } from "../../words/memory-texts.ts";

interface AdoptionSettings {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly surroundings: Surroundings;
  readonly clock: Clock;
}

/** Proves to the next pass that these changes are wanted. Resolves with why it would not believe them, or with undefined. */
export async function proveAdoption(
  settings: AdoptionSettings,
  instanceArn: string,
  changes: readonly Change[],
): Promise<string | undefined> {
  const { config, surroundings, clock } = settings;
  const { identityCenter, language } = config;
  const { region } = identityCenter;
  const store = configuredMemory(settings, connectToAws(surroundings, { region, clock }));
  const arns = changes.flatMap(({ target }) => target.permissionSetArn ?? []);
  if (store === undefined || arns.length === 0) return undefined;
  const kept = await keepAdoption(store, { instanceArn, arns });
  const texts = adoptionTexts(language);
  if (kept.kind === "lost") return texts.notProven(memoryTexts(language).losses[kept.loss]);
  if (kept.kind === "refused") return texts.notProven(describeMemoryRefusal(kept.refusal, language));
  return kept.kind === "overtaken" ? texts.overtaken : undefined;
}
