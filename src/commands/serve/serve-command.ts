import { setTimeout as wait } from "node:timers/promises";
import { cliTexts } from "../cli-texts.ts";
import { type CommandContext, type GlobalOptions, openContext } from "../command-context.ts";
import type { ProcessFace } from "../../process/process-face.ts";
import { sayConfigProblems } from "../say-config-problems.ts";
import { startSyncService, type SyncService } from "./sync-service.ts";

export interface ServeOptions extends ProgramVersion {
  readonly host?: string;
  readonly port?: number;
}

interface ProgramVersion {
  /** Of this program. */
  readonly version: string;
}

/** Kubernetes kills what has not left after 30 s. */
const patienceMs = 28_000;

/** `serve`: passes on schedule and on demand until SIGINT or SIGTERM (exit code 0); a configuration that cannot work ends it at once (exit code 1). */
export async function runServe(
  face: ProcessFace,
  options: GlobalOptions,
  flags: ServeOptions,
): Promise<number> {
  const context = openContext(face, options, "everywhere", flags);
  const { settings, terminal, language } = context;
  if (!settings.ok) return sayConfigProblems(settings.problems, context);
  const { host, port } = settings.config.serve;
  try {
    return await serveUntilStopped(face, context, settings, { ...options, version: flags.version });
  } catch (error) {
    if (!isListenError(error)) throw error;
    terminal.say(cliTexts(language).cannotListen(host, port, error.code));
    return 1;
  }
}

async function serveUntilStopped(
  face: ProcessFace,
  { logger, terminal, language }: CommandContext,
  settings: Extract<CommandContext["settings"], { ok: true }>,
  { config, lang, version }: GlobalOptions & ProgramVersion,
): Promise<number> {
  const texts = cliTexts(language);
  let end: (code: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => {
    end = resolve;
  });
  const service = await startSyncService({
    ...settings,
    surroundings: face,
    clock: face.clock,
    logger,
    given: { config, lang },
    version,
    // Waiting does not mend it: a certificate, for instance, is opened only when a pass begins.
    onReport: ({ error }) => {
      if (error?.code !== "config.invalid") return;
      terminal.say(`${error.message}\n${error.hint}`);
      end(1);
    },
  });
  logger.info(texts.serving(settings.config.serve.host, service.port));
  let isLeaving = false;
  face.onSignal(["SIGINT", "SIGTERM"], () => {
    // The second one gives up waiting.
    if (isLeaving) face.exit(1);
    isLeaving = true;
    terminal.say(texts.leaving);
    end(0);
  });
  const code = await ended;
  if (!(await stopInTime(service))) terminal.say(texts.leftUnfinished);
  // A pass that was only reading still holds connections.
  return face.exit(code);
}

/** Whether nothing was in flight any more when the time was over. */
async function stopInTime(service: SyncService): Promise<boolean> {
  return Promise.race([service.stop().then(() => true), wait(patienceMs, false)]);
}

function isListenError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && "syscall" in error && "code" in error && typeof error.code === "string";
}
