import type { Signals } from "./process-face.ts";

export interface StopSignals {
  /** Aborted by the first SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** From here on a signal no longer ends the process at once. */
  readonly beginWriting: () => void;
  readonly release: () => void;
}

const failed = 1;
// SIGHUP comes when the terminal is closed.
const stopSignals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * While a pass reads, SIGINT or SIGTERM ends it at once: nothing was written. While it writes, the first signal lets what
 * is in progress come to its end, and the second one gives up on it.
 */
export function listenForStop(
  { onSignal, exit }: Signals,
  terminal: { readonly say: (text: string) => void },
  texts: { readonly stopping: string; readonly stoppedEarly: string },
  onStoppedEarly: () => void = () => undefined,
): StopSignals {
  const controller = new AbortController();
  let writing = false;
  const stop = (): void => {
    if (!writing) {
      terminal.say(texts.stoppedEarly);
      onStoppedEarly();
    }
    if (!writing || controller.signal.aborted) exit(failed);
    terminal.say(texts.stopping);
    controller.abort();
  };
  const release = onSignal(stopSignals, stop);
  return {
    signal: controller.signal,
    beginWriting: () => {
      writing = true;
    },
    release,
  };
}
