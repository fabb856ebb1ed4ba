import type { ReadingMemory } from "../model/memory.ts";
import { PassError } from "../errors.ts";
import type { ActualState } from "../model/actual-state.ts";
import type { DesiredState } from "../model/desired-state.ts";
import type { Places } from "../model/places.ts";
import type { Plan } from "../model/plan.ts";
import type { LiveParts, Outline, Reading, ReadingRequest, Seen } from "../model/reading.ts";
import type { IdentityCenter } from "../ports.ts";
import { assumeActualState, outlineState, withMembers } from "../reading/assume-actual-state.ts";
import { chooseParts, isEmpty, type ReadingInput } from "../reading/choose-parts.ts";
import { chooseMode } from "../reading/choose-mode.ts";
import { knownSets } from "../reading/known-sets.ts";
import { addParts, noParts, partsOf } from "../reading/live-parts.ts";
import { partsBehindPlan } from "../reading/parts-behind-plan.ts";
import { dueParts, type DueParts } from "../reading/rotation.ts";
import { seePass } from "../remember/see-pass.ts";

export interface StagedOptions {
  readonly owner: string;
  /** Requests that a pass may spend on what no record changed. */
  readonly callBudget: number;
  readonly timezone: string;
  /** Whether this pass also looks at what no record changed, by default it does. */
  readonly rotates?: boolean | undefined;
  /** Read everything, whatever the memory. */
  readonly full?: boolean | undefined;
  readonly memory?: ReadingMemory | undefined;
  readonly nowMs: number;
}

/** Identity Center as far as it has been read in this pass; what is missing is read when a plan turns out to need it. */
export interface StagedState {
  /** The actual state to plan against, once everything is read that the desired state makes worth reading. Throws a PassError. */
  actualFor(build: (actual: ActualState) => DesiredState): Promise<ActualState>;
  /** Reads what the plan needs to be certain of; false when that was there already. Throws a PassError. */
  readBehind(plan: Plan, desired: DesiredState, actual: ActualState): Promise<boolean>;
  /** Whether a share of what no record changed is to be read in this pass, beside what is read anyway. */
  hasShare(): boolean;
  /** From here on that share is read as well. */
  takeShare(): void;
  /** Where the accounts stand, asked once in a pass; or why that could not be read. */
  places(): Promise<Places | PassError>;
  /** How often something more was read since the first stage. */
  reads(): number;
  /** How much was read, and what the next pass should know of it. */
  reading(actual: ActualState): Reading;
}

/**
 * The first stage: everything once earlier operations are over, or the outline, which they do not change, while they are
 * waited for. Throws a PassError; asks no further once aborted.
 */
export async function readFirstStage(
  identityCenter: IdentityCenter,
  options: StagedOptions,
  signal: AbortSignal,
  earlierOver: Promise<unknown>,
): Promise<StagedState> {
  const choice = chooseMode(options);
  if (choice.mode === "partial") {
    const { seen, round } = choice;
    const [outline] = await Promise.all([identityCenter.readOutline(signal), earlierOver]);
    const isSame = options.memory?.instanceArn === outline.instance.arn;
    const known = isSame ? seen : { pass: 0, permissionSets: {} };
    return stagedState(identityCenter, options, {
      mode: "partial",
      outline,
      seen: known,
      live: noParts,
      share: round === undefined ? noneDue : dueParts(outline, known, round),
      rotates: round !== undefined,
    });
  }
  await earlierOver;
  signal.throwIfAborted();
  const actual = await identityCenter.readActualState(signal, choice.isStaleDue);
  const { instance, directory, permissionSets } = actual;
  const outline = {
    instance,
    directory,
    permissionSets: permissionSets.map(({ arn, locked }) => ({ arn, locked })),
  };
  return stagedState(identityCenter, options, {
    mode: "full",
    outline,
    actual,
    seen: choice.seen,
    live: partsOf(actual, choice.isStaleDue),
    share: noneDue,
    rotates: true,
  });
}

const noneDue: DueParts = { permissionSets: new Set(), staleAccounts: new Set(), pairs: new Set() };

interface FirstStage {
  readonly mode: Reading["mode"];
  readonly outline: Outline;
  /** What a full read found: nothing of it depends on what the records ask for. */
  readonly actual?: ActualState;
  readonly seen: Seen;
  readonly live: LiveParts;
  readonly share: DueParts;
  readonly rotates: boolean;
}

function stagedState(
  identityCenter: IdentityCenter,
  { owner, nowMs }: StagedOptions,
  { mode, outline, actual, seen, share, rotates, ...first }: FirstStage,
): StagedState {
  let { live } = first;
  let reads = 0;
  let places: Promise<Places | PassError> | undefined;
  let due = noneDue;
  const inputFor = (build: (actual: ActualState) => DesiredState): ReadingInput => {
    const known = knownSets(outline, seen, live);
    const desired = build(outlineState({ outline, known, owner }));
    return { outline, known, seen, live, desired, due, owner };
  };
  const read = async (request: ReadingRequest): Promise<boolean> => {
    if (isEmpty(request)) return false;
    live = addParts(live, await identityCenter.readParts(request));
    reads += 1;
    return true;
  };
  return {
    async actualFor(build) {
      if (actual !== undefined) return withLiveParts(actual, live);
      let input = inputFor(build);
      while (await read(chooseParts(input))) input = inputFor(build);
      return assumeActualState(input);
    },
    readBehind: (plan, desired, state) =>
      read(partsBehindPlan({ plan, desired, actual: state, known: knownSets(outline, seen, live), live })),
    places() {
      if (places === undefined) reads += 1;
      places ??= identityCenter.readPlaces(outline.directory.accounts).catch(asPassError);
      return places;
    },
    hasShare: () => share !== noneDue,
    takeShare() {
      due = share;
    },
    reads: () => reads,
    reading: (state) => seePass({ mode, actual: state, before: seen, live, nowMs, rotates }),
  };
}

/** Throws whatever else it is. */
function asPassError(error: unknown): PassError {
  if (error instanceof PassError) return error;
  throw error;
}

function withLiveParts(actual: ActualState, live: LiveParts): ActualState {
  const permissionSets = actual.permissionSets.map((set) => {
    const staleAccounts = live.staleAccounts.get(set.arn);
    return set.managed && staleAccounts !== undefined ? { ...set, staleAccounts } : set;
  });
  return { ...actual, directory: withMembers(actual.directory, live), permissionSets };
}
