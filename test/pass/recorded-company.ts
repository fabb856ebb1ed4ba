import { createProcessMemory } from "../../src/memory/process-memory.ts";
import type { ActualState } from "../../src/model/actual-state.ts";
import type { Assignment } from "../../src/model/assignment.ts";
import type { Config } from "../../src/model/config.ts";
import { emptyMemory } from "../../src/model/memory.ts";
import type { Pass } from "../../src/model/pass.ts";
import type { RawRecord, RecordRef } from "../../src/model/record.ts";
import { reconcile } from "../../src/pass/reconcile.ts";
import { rememberPass } from "../../src/remember/remember-pass.ts";
import { keepIntent } from "../../src/tell/keep-intent.ts";
import { actualState, now, owner, rawAssignment, rawPermissionSet, recordUrl, rules } from "../builders.ts";
import { createIdentityCenterTwin } from "../fakes/in-memory-identity-center.ts";
import { createVirtualClock } from "../fakes/virtual-clock.ts";
import { sourceOf } from "../report/builders.ts";
import { companyConfig } from "../report/company-pass.ts";

type SetValues = Parameters<typeof rawPermissionSet>[0];
type AssignmentValues = Parameters<typeof rawAssignment>[0];
/** Of a record: its state of approval, the people in its field for approvers, and who saved it last. */
interface Standing {
  readonly state?: string;
  readonly approvers?: readonly string[];
  readonly by?: string;
}
interface Kept<Values> extends Standing {
  readonly values: Values;
  readonly revision: number;
  readonly creator?: string;
}

interface CompanyOptions {
  readonly directory: ActualState["directory"];
  readonly config?: Partial<Config>;
  readonly hasMemory: boolean;
}

function named(
  part: "creator" | "modifier",
  code: string | undefined,
): Partial<Pick<RecordRef, "creator" | "modifier">> {
  return code === undefined ? {} : { [part]: { code, name: code } };
}

const minuteMs = 60_000;

/** Both apps, an Identity Center that starts with no permission set, and whole passes over them, ten minutes apart. */
export function recordedCompany({ directory, config = {}, hasMemory }: CompanyOptions) {
  const clock = createVirtualClock(now);
  const identityCenter = createIdentityCenterTwin(actualState({ directory }), { clock, operationMs: 1 });
  let store = hasMemory ? createProcessMemory(owner) : undefined;
  const settings: Config = { ...companyConfig, ...rules(), guards: companyConfig.guards, owner, ...config };
  const sets = new Map<string, Kept<SetValues>>();
  const assignments = new Map<string, Kept<AssignmentValues>>();
  const revise = <Values>(
    app: Map<string, Kept<Values>>,
    id: string,
    values: Values,
    { revisions = 1, ...standing }: Standing & { readonly revisions?: number } = {},
  ): void => {
    const before = app.get(id);
    const creator = before?.creator ?? standing.by;
    app.set(id, {
      ...before,
      ...standing,
      ...(creator === undefined ? {} : { creator }),
      values: { ...before?.values, ...values },
      revision: (before?.revision ?? 0) + revisions,
    });
  };
  const rawOf = <Values>(
    app: ReadonlyMap<string, Kept<Values>>,
    raw: (values: Values, ref: Partial<RecordRef>) => RawRecord,
  ): readonly RawRecord[] =>
    [...app].map(([id, { values, revision, state, approvers, by, creator }]) => {
      const people = { ...named("creator", creator), ...named("modifier", by) };
      const { ref, fields } = raw(values, { id, revision, ...people });
      const approver = {
        type: "USER_SELECT",
        value: (approvers ?? []).map((code) => ({ code, name: code })),
      };
      return {
        ref,
        fields:
          state === undefined ? fields : { ...fields, status: { type: "STATUS", value: state }, approver },
      };
    });
  const memoryNow = async () => {
    const loaded = await store?.load();
    return loaded?.kind === "memory" ? loaded.memory : undefined;
  };

  return {
    identityCenter,
    /** Makes the record, or saves it once more with these fields changed. */
    saveSet: (id: string, values: SetValues, standing?: Standing): void => revise(sets, id, values, standing),
    saveAssignment: (id: string, values: AssignmentValues, standing?: Standing): void =>
      revise(assignments, id, values, standing),
    /** An action of process management. */
    moveSet: (id: string, state: string, by = "boss"): void =>
      revise(sets, id, {}, { state, by, revisions: 2 }),
    moveAssignment: (id: string, state: string, by = "boss"): void =>
      revise(assignments, id, {}, { state, by, revisions: 2 }),
    loseMemory: (): void => {
      store = createProcessMemory(owner);
    },
    later: (ms: number): Promise<void> => clock.sleep(ms),
    memory: memoryNow,
    deleteSet: (id: string): void => void sets.delete(id),
    deleteAssignment: (id: string): void => void assignments.delete(id),
    has: (wanted: Assignment): boolean =>
      identityCenter.state().assignments.some((one) => JSON.stringify(one) === JSON.stringify(wanted)),
    pass: async (changed: Partial<Config> = {}): Promise<Pass> => {
      const current = { ...settings, ...changed };
      const source = sourceOf(rawOf(sets, rawPermissionSet), rawOf(assignments, rawAssignment));
      const world = {
        records: { readAllRecords: () => Promise.resolve(source) },
        identityCenter,
        policyAnalyzer: {
          analyzePolicy: () => Promise.resolve({ kind: "analyzed", findings: [] } as const),
        },
        clock,
      };
      const done = await reconcile(world, current, {
        mode: "sync",
        runId: `run-${clock.now()}`,
        recordUrl,
        ...(store && { loadMemory: memoryNow }),
        onApply: (planned, memory) => keepIntent(store, planned, memory, { config: settings, clock }),
      });
      const memory = (await memoryNow()) ?? emptyMemory(owner);
      await store?.save(rememberPass(memory, done, clock.now(), settings.guards));
      await clock.sleep(10 * minuteMs);
      return done;
    },
  };
}

/** What `recordedCompany` makes. */
export type RecordedCompany = ReturnType<typeof recordedCompany>;
