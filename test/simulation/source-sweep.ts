import { isDeletion } from "../../src/model/change-kinds.ts";
import { everyOne, type SweptCase } from "./crash-sweep.ts";
import type { Records, SourceFault } from "./kintone-twin.ts";
import { createWorld, firstRecords, type SimulatedWorld, startMs } from "./simulated-world.ts";
import { fieldDefinitions } from "../../src/model/fields.ts";

const apps = ["permissionSets", "assignments"] as const;
/** Requests of a read of both apps: two for each app's head, one page of sets, three pages of assignments. */
const requests = 8;
const manyAssignments = 1_201;

/** Everything a source can do wrong that can be told from its answers, and all that can only be told from their number. */
export async function sweepSources(choose = everyOne): Promise<readonly SweptCase[]> {
  const cases: SweptCase[] = [];
  for (const large of [false, true]) {
    const world = createWorld({ records: large ? manyRecords() : firstRecords(startMs) });
    await world.sync();
    for (const { name, fault, broken = "any" } of choose(sourceCases()).filter(
      (one) => one.large === large,
    )) {
      const run = await world.sync({ sourceFault: fault });
      cases.push({ name, problems: [...problemsOf(run), ...unmet(broken, run)] });
    }
    // The source is well again: nothing was lost, so that there is nothing to do.
    const { writes } = await world.sync();
    cases.push({ name: "the source is well again", problems: writes.map(({ change }) => change.id) });
  }
  return cases;
}

interface SourceCase {
  readonly name: string;
  readonly fault: SourceFault;
  readonly broken?: "error" | "any";
  readonly large: boolean;
}

function sourceCases(): readonly SourceCase[] {
  const range = (length: number) => Array.from({ length }, (_, index) => index);
  const records = { permissionSets: 3, assignments: 4 };
  return [
    ...range(requests).flatMap((request): readonly SourceCase[] => [
      {
        name: `request ${request + 1} fails`,
        fault: { kind: "fails-at", request },
        broken: "error",
        large: true,
      },
      {
        name: `request ${request + 1} is HTML`,
        fault: { kind: "html", request },
        broken: "error",
        large: true,
      },
    ]),
    ...range(99).map((percent): SourceCase => {
      const left = Math.floor((500 * (99 - percent)) / 100);
      const fault = { kind: "cut-short", app: "assignments", left } as const;
      return { name: `pages say ${percent + 1} % too little`, fault, broken: "error", large: true };
    }),
    ...range(99).map((percent): SourceCase => {
      const left = Math.floor((manyAssignments * (99 - percent)) / 100);
      const fault = { kind: "shrunk", app: "assignments", left } as const;
      return { name: `${percent + 1} % of the records are out of sight`, fault, large: true };
    }),
    ...apps.flatMap((app): readonly SourceCase[] => [
      { name: `${app} is empty`, fault: { kind: "emptied", app }, large: false },
      ...Object.keys(fieldDefinitions[app]).map((field, index): SourceCase => {
        return {
          name: `${app}.${field} is hidden`,
          fault: { kind: "hidden-field", app, field: index },
          broken: "error",
          large: false,
        };
      }),
      ...range(records[app]).map((left): SourceCase => {
        return {
          name: `${app} has ${left} records`,
          fault: { kind: "cut-short", app, left },
          broken: "error",
          large: false,
        };
      }),
    ]),
    { name: "another app answers", fault: { kind: "wrong-app" }, broken: "error", large: false },
  ];
}

type Run = Awaited<ReturnType<SimulatedWorld["sync"]>>;

function problemsOf({ writes }: Run): readonly string[] {
  return writes
    .filter(({ change }) => isDeletion(change))
    .map(({ change }) => `${change.id} was carried out`);
}

function unmet(broken: "error" | "any", { error, writes }: Run): readonly string[] {
  if (broken === "any") return [];
  return error !== undefined && writes.length === 0 ? [] : ["the pass did not fail before its first write"];
}

/** Three pages of records, of which only the last ones ask for most of what is there. */
function manyRecords(): Records {
  const { sets, assignments } = firstRecords(startMs);
  const [first] = assignments;
  if (first === undefined) throw new Error("the company has no records");
  const same = { ...first, users: ["anna"], accounts: ["Production"] };
  const many = Array.from({ length: manyAssignments - assignments.length }, (_, index) => {
    return { ...same, id: 10 + index };
  });
  return { sets, assignments: [...many, ...assignments.map((one) => ({ ...one, id: 10_000 + one.id }))] };
}
