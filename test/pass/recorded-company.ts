import { createProcessMemory } from "../../src/memory/process-memory.ts";
import type { ActualState } from "../../src/model/actual-state.ts";
import type { Assignment } from "../../src/model/assignment.ts";
import type { Config } from "../../src/model/config.ts";
import { emptyMemory } from "../../src/model/memory.ts";
import type { Pass } from "../../src/model/pass.ts";
import type { RawRecord } from "../../src/model/record.ts";
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
interface Kept<Values> {
  readonly values: Values;
  readonly revision: number;
}

interface CompanyOptions {
  readonly directory: ActualState["directory"];
  readonly config?: Partial<Config>;
  readonly hasMemory: boolean;
}

const minuteMs = 60_000;

/** Both apps, an Identity Center that starts with no permission set, and whole passes over them, ten minutes apart. */
export function recordedCompany({ directory, config = {}, hasMemory }: CompanyOptions) {
  const clock = createVirtualClock(now);
  const identityCenter = createIdentityCenterTwin(actualState({ directory }), { clock, operationMs: 1 });
  const store = hasMemory ? createProcessMemory(owner) : undefined;
  const settings: Config = { ...companyConfig, ...rules(), guards: companyConfig.guards, owner, ...config };
  const sets = new Map<string, Kept<SetValues>>();
  const assignments = new Map<string, Kept<AssignmentValues>>();
  const revise = <Values>(app: Map<string, Kept<Values>>, id: string, values: Values): void => {
    const { values: before, revision = 0 } = app.get(id) ?? {};
    app.set(id, { values: { ...before, ...values }, revision: revision + 1 });
  };
  const rawOf = <Values>(
    app: ReadonlyMap<string, Kept<Values>>,
    raw: (values: Values, ref: { readonly id: string; readonly revision: number }) => RawRecord,
  ): readonly RawRecord[] => [...app].map(([id, { values, revision }]) => raw(values, { id, revision }));
  const memoryNow = async () => {
    const loaded = await store?.load();
    return loaded?.kind === "memory" ? loaded.memory : undefined;
  };

  return {
    identityCenter,
    /** Makes the record, or saves it once more with these fields changed. */
    saveSet: (id: string, values: SetValues): void => revise(sets, id, values),
    saveAssignment: (id: string, values: AssignmentValues): void => revise(assignments, id, values),
    deleteSet: (id: string): void => void sets.delete(id),
    deleteAssignment: (id: string): void => void assignments.delete(id),
    has: (wanted: Assignment): boolean =>
      identityCenter.state().assignments.some((one) => JSON.stringify(one) === JSON.stringify(wanted)),
    pass: async (): Promise<Pass> => {
      const source = sourceOf(rawOf(sets, rawPermissionSet), rawOf(assignments, rawAssignment));
      const world = {
        records: { readAllRecords: () => Promise.resolve(source) },
        identityCenter,
        policyAnalyzer: {
          analyzePolicy: () => Promise.resolve({ kind: "analyzed", findings: [] } as const),
        },
        clock,
      };
      const done = await reconcile(world, settings, {
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
