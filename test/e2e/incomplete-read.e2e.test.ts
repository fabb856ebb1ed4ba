import { afterAll, afterEach, beforeAll, expect, test } from "vitest";

import type { PlainValues } from "../../src/sandbox/kintone/kintone-seed.ts";
import type { SandboxRequest } from "../../src/sandbox/failure-switch.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { exitCodeOf } from "../../src/report/exit-codes.ts";
import { passInProcess } from "./pass-in-process.ts";
import {
  appliedSets,
  assignmentApp,
  companyConfig,
  developer,
  developers,
  permissionSetApp,
  readers,
  readOnly,
  smallCompany,
} from "./small-company.ts";
import { writesTo } from "./with-sandbox.ts";

const pageSize = 500;
const setRecords = 501;
const assignmentRecords = 1201;

/** Every page but the first has a record without which something that is granted would look deleted. */
const several = {
  permissionSets: Array.from({ length: setRecords }, (_, index): PlainValues => {
    if (index === 0) return developer;
    return index === setRecords - 1 ? readOnly : { name: `Set-${index + 1}` };
  }),
  assignments: Array.from({ length: assignmentRecords }, (_, index): PlainValues => {
    if (index === pageSize) return { ...readers, users: ["hanako"] };
    return index === assignmentRecords - 1 ? { ...readers, users: ["ichiro"] } : developers;
  }),
  aws: {
    permissionSets: appliedSets.map((set) => ({
      ...set,
      tags: {
        ...set.tags,
        "kintone-sso-sync:record": set.name === "ReadOnly" ? String(setRecords) : "1",
      },
    })),
  },
};

let world: Parameters<typeof passInProcess>[0];
beforeAll(async () => {
  const sandbox = await startSandbox({ seed: smallCompany(several), speed: 1000 });
  world = { ...sandbox, config: companyConfig };
});
afterEach(() => {
  world.kintone.failures.clear();
});
afterAll(() => world.close());

type Matches = (request: SandboxRequest) => boolean;

interface Position {
  readonly name: string;
  readonly app: number;
  readonly matches: Matches;
  /** Id of the last record before the page; absent where it is no page. */
  readonly after?: number;
}

function positionsOf(app: number, name: string, records: number): readonly Position[] {
  const about = (operation: string, isIt: (parameters: Record<string, unknown>) => boolean): Matches => {
    return (request) => request.operation === operation && isIt(request.body as Record<string, unknown>);
  };
  const pages = Array.from({ length: Math.ceil(records / pageSize) }, (_, index): Position => {
    const after = index * pageSize;
    const isPage = (parameters: Record<string, unknown>) =>
      Number(parameters["app"]) === app && String(parameters["query"]).includes(`$id > ${after} `);
    return { name: `page ${index + 1} of the ${name}`, app, after, matches: about("getRecords", isPage) };
  });
  const isApp = (parameters: Record<string, unknown>) => Number(parameters["id"]) === app;
  const isForm = (parameters: Record<string, unknown>) => Number(parameters["app"]) === app;
  return [
    { name: `the app of the ${name}`, app, matches: about("getApp", isApp) },
    { name: `the form of the ${name}`, app, matches: about("getFormFields", isForm) },
    ...pages,
  ];
}

const positions = [
  ...positionsOf(permissionSetApp, "permission sets", setRecords),
  ...positionsOf(assignmentApp, "assignments", assignmentRecords),
];

function isPage(position: Position): position is Position & { readonly after: number } {
  return position.after !== undefined;
}

const html = "<!DOCTYPE html><html><body>Sign in</body></html>";
const troubles = [
  ["is answered with status 500 every time", { status: 500, body: {} }],
  ["is answered with a page of HTML and status 200", { status: 200, body: html }],
  ["is never answered, because the connection is reset", { reset: true }],
] as const;

/** What a sync comes to that cannot read everything, and what it wrote to AWS and kintone all the same. */
async function disturbedSync() {
  const before = writesTo(world).length;
  const report = await passInProcess(world, "sync");
  const writes = writesTo(world).slice(before);
  return { exitCode: exitCodeOf(report, {}), error: report.error?.code, writes };
}

const asItShould = {
  exitCode: 1,
  error: expect.stringMatching(/^kintone\.(unavailable|unreachable|incomplete-read)$/),
  writes: [],
};

test("an undisturbed read of both apps over all their pages finds nothing to delete", async () => {
  const report = await passInProcess(world, "plan");
  expect(report.counts).toMatchObject({
    records: setRecords + assignmentRecords,
    changes: setRecords - 2,
    deletions: 0,
  });
});

for (const { name, matches } of positions) {
  test.each(troubles)(`a pass fails and writes nothing when ${name} %s`, async (_name, respond) => {
    world.kintone.failures.add({ match: matches, respond });
    expect(await disturbedSync()).toEqual(asItShould);
  });
}

for (const { name, app, matches, after } of positions.filter(isPage)) {
  test(`a pass fails and writes nothing when ${name} has fewer records than there are`, async () => {
    const rest = world.kintone.records(app).filter((record) => Number(record["$id"]?.value) > after);
    const body = { records: rest.slice(0, -1).slice(0, pageSize - 1), totalCount: String(rest.length) };
    world.kintone.failures.add({ match: matches, respond: { status: 200, body } });
    expect(await disturbedSync()).toEqual(asItShould);
  });
}
