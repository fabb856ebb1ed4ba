import { createProcessMemory } from "../../src/memory/process-memory.ts";
import type { PlainValues } from "../../src/sandbox/kintone/kintone-seed.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import { passInProcess } from "./pass-in-process.ts";
import { accounts, assignmentApp, permissionSetApp, readOnly, userName } from "./small-company.ts";
import { grantsIn, withSandbox, type World } from "./with-sandbox.ts";

/** The states of the sandbox's process, by what they mean. */
const states = ["申請中", "承認済み", "変更申請", "失効"] as const;

const gate = '{ field: ステータス, approved: ["承認済み"], ended: ["失効"] }';

interface GateOptions {
  readonly assignments?: readonly PlainValues[];
  readonly permissionSets?: readonly PlainValues[];
  /** Which apps have the gate from the beginning. */
  readonly gated?: readonly ("assignments" | "permissionSets")[];
  /** More lines for the configuration file. */
  readonly config?: string;
}

type Edit = PlainValues & { readonly ステータス?: (typeof states)[number] };

/** A company in which assignments wait for approval, and what its people can do. */
export interface GateWorld {
  readonly world: World;
  readonly edit: (record: number, values: Edit, by?: string) => void;
  readonly editSet: (record: number, values: Edit) => void;
  readonly remove: (record: number) => void;
  readonly add: (values: PlainValues) => number;
  readonly pass: (mode?: "plan" | "sync", laterMs?: number) => Promise<RunReport>;
  /** From now on memory is a new one. */
  readonly loseMemory: () => void;
  /** What a person has, as `set account`. */
  readonly has: (login: string) => readonly string[];
}

export function approved(values: PlainValues): PlainValues {
  return { ...values, ステータス: "承認済み" };
}

/** Starts such a company, with process management in both apps. */
export function withGate(
  {
    assignments = [],
    permissionSets = [approved(readOnly)],
    gated = ["assignments"],
    config = "",
  }: GateOptions,
  use: (company: GateWorld) => Promise<void>,
): Promise<void> {
  const process = { process: { states } };
  const gates = gated.map((app) => `${app}: { gate: ${gate} }`).join(", ");
  const company = { assignments, permissionSets, apps: { assignments: process, permissionSets: process } };
  const lines = gates === "" ? config : `kintone: { ${gates} }\n${config}`;
  return withSandbox({ company, config: lines, speed: 1000 }, async (world) => {
    let memoryStore = createProcessMemory("e2e");
    const names = new Map(Object.entries(accounts).map(([name, id]) => [id, name]));
    await use({
      world,
      edit: (record, values, by = "hanako") => {
        world.kintone.updateRecord(assignmentApp, record, values, by);
      },
      editSet: (record, values) => {
        world.kintone.updateRecord(permissionSetApp, record, values, "kenta");
      },
      remove: (record) => {
        world.kintone.deleteRecord(assignmentApp, record);
      },
      add: (values) => {
        const { ステータス: state, ...rest } = values;
        const id = world.kintone.addRecord(assignmentApp, rest, "hanako");
        if (state !== undefined)
          world.kintone.updateRecord(assignmentApp, id, { ステータス: state }, "misaki");
        return id;
      },
      pass: (mode = "sync", laterMs = 0) =>
        passInProcess(world, mode, {}, undefined, { memoryStore, laterMs }),
      loseMemory: () => {
        memoryStore = createProcessMemory("e2e");
      },
      has: (login) => {
        const id = world.aws.state.userId(userName(login));
        return grantsIn(world).flatMap((grant) => {
          const [set, account = "", principal] = grant.split(" ");
          return principal === id ? [`${set} ${names.get(account)}`] : [];
        });
      },
    });
  });
}
