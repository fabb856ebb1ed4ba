import type { OperatorSettings } from "../config/read-operator-settings.ts";
import type { Language } from "../model/config.ts";
import type { RunReport } from "../model/run-report.ts";
import { createOperatorChannel } from "../slack/operator-channel.ts";
import type { Logger } from "../process/logger.ts";
import type { Surroundings } from "../process/process-face.ts";
import { s3In } from "../wiring/connect-to-aws.ts";
import { memoryAt } from "../wiring/wire.ts";
import { recall } from "../tell/tell.ts";
import { ciRunUrl } from "../process/run-url.ts";
import { tellOperators } from "../tell/tell-operators.ts";

export interface ConfigErrorContext {
  readonly settings: OperatorSettings;
  readonly language: Language;
  readonly surroundings: Surroundings;
  readonly nowMs: number;
  readonly logger: Logger;
}

/** Tells operators of a sync that did not begin because its configuration is wrong. Never throws. */
export async function tellConfigError(
  report: RunReport,
  { settings, language, surroundings, nowMs, logger }: ConfigErrorContext,
): Promise<void> {
  const { slack, slackBotToken, memory: place } = settings;
  const channel = createOperatorChannel({ token: slackBotToken, ...slack });
  const store = place && memoryAt(place, surroundings, s3In(surroundings));
  const { memory } = await recall(store, place?.owner ?? "", false);
  const told = { report, newlyTold: new Set<string>(), memory, channel };
  const incidents = await tellOperators({
    ...told,
    config: settings,
    language,
    nowMs,
    logger,
    runUrl: ciRunUrl(surroundings.environment),
  });
  if (memory !== undefined) await store?.save({ ...memory, incidents });
}
