/** Lets one pass run at a time. */
export interface PassQueue {
  /** The schedule is due: a pass begins, unless one is running or promised already. */
  readonly onSchedule: () => "started" | "running";
  /**
   * What is in kintone now is to be applied: a pass begins, or, because the running one may have read before,
   * exactly one more is promised, however often it is asked for.
   */
  readonly onDemand: () => "started" | "promised" | "closed";
  /** Lets no further pass begin; resolves when the running one has ended. */
  readonly close: () => Promise<void>;
}

/** Why a pass begins. */
export type PassTrigger = "schedule" | "demand";

/** `run` carries out one pass; it must not reject. */
export function createPassQueue(run: (trigger: PassTrigger) => Promise<void>): PassQueue {
  let running: Promise<void> | undefined;
  let isPromised = false;
  let isClosed = false;

  const mayRun = (): boolean => isPromised && !isClosed;

  async function runAll(first: PassTrigger): Promise<void> {
    let trigger = first;
    for (isPromised = true; mayRun(); trigger = "demand") {
      isPromised = false;
      await run(trigger);
    }
    running = undefined;
  }

  return {
    onSchedule: () => {
      if (running !== undefined || isClosed) return "running";
      running = runAll("schedule");
      return "started";
    },
    onDemand: () => {
      if (isClosed) return "closed";
      if (running === undefined) {
        running = runAll("demand");
        return "started";
      }
      isPromised = true;
      return "promised";
    },
    close: async () => {
      isClosed = true;
      await running;
    },
  };
}
