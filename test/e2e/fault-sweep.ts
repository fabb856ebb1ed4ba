import { exitCodeOf } from "../../src/report/exit-codes.ts";
import type { RunReport } from "../../src/model/run-report.ts";
import type { SandboxRequest } from "../../src/sandbox/failure-switch.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { passInProcess } from "./pass-in-process.ts";
import { accounts, companyConfig, readers, smallCompany, userName } from "./small-company.ts";

/** An operation that a pass calls. */
export interface SweptOperation {
  readonly service: string;
  readonly operation: string;
  readonly kind: "read" | "write";
}

export interface FaultCase {
  readonly operation: SweptOperation;
  readonly fault: FaultKind;
}

export interface FaultResult {
  readonly name: string;
  /** Promises that did not hold. */
  readonly problems: readonly string[];
}

type Rule = Parameters<World["aws"]["failures"]["add"]>[0];
type World = Parameters<typeof passInProcess>[0];

const silent = { silent: true } as const;
const reset = { reset: true } as const;

/** What one operation meets, every time it is called, for one pass. */
const faultKinds = {
  throttled: ({ service }) => ({ respond: refusal(service, "ThrottlingException", 429) }),
  "server error": ({ service }) => ({ respond: refusal(service, "InternalServerException", 500) }),
  "timeout before the effect": () => ({ respond: silent }),
  "timeout after the effect": () => ({ respond: silent, phase: "after" }),
  "connection reset": () => ({ respond: reset }),
  "connection reset after the effect": () => ({ respond: reset, phase: "after" }),
  "malformed body": () => ({ respond: { status: 200, body: '{"Accounts": [' } }),
  "page of HTML": () => ({ respond: { status: 200, body: "<!DOCTYPE html><html><body>Sign in" } }),
  "access denied": ({ service }) => ({ respond: refusal(service, "AccessDeniedException", 403) }),
  conflict: ({ service }) => ({ respond: refusal(service, "ConflictException", 409) }),
  slow: () => ({ respond: { delayMs: 40 } }),
  stale: () => ({ respond: { stale: true } }),
} as const satisfies Record<string, (operation: SweptOperation) => Omit<Rule, "match">>;

export type FaultKind = keyof typeof faultKinds;

/** The same answer in each service's way of saying it. */
function refusal(service: string, name: string, status: number) {
  if (service === "kintone") {
    const code = { 403: "CB_NO02", 409: "GAIA_CO02" }[status] ?? "GAIA_DA02";
    return { status, body: { code, id: "1", message: name } };
  }
  if (service === "iam" || service === "sts") {
    const code = { ThrottlingException: "Throttling", AccessDeniedException: "AccessDenied" }[name] ?? name;
    const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>Refused.</Message></Error>`;
    const body = `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>`;
    return { status: status === 429 ? 400 : status, headers: { "content-type": "text/xml" }, body };
  }
  const headers = { "x-amzn-errortype": name };
  return { status: status === 500 ? 500 : 400, headers, body: { __type: name, message: "Refused." } };
}

/** A healthy pass that has something of every kind to do: what it calls is what is swept. */
export async function recordOperations(): Promise<{
  readonly operations: readonly SweptOperation[];
  readonly end: Snapshot;
}> {
  const world = await startWorld();
  const report = await passInProcess(world, "sync");
  if (report.result !== "applied") throw new Error(`the healthy pass ${report.result}: ${reasonsOf(report)}`);
  const aws = world.aws.requests.map(({ service, operation, kind }) => ({ service, operation, kind }));
  const kintone = world.kintone.requests.map(({ operation = "", kind }) => {
    return { service: "kintone", operation, kind };
  });
  const end = snapshot(world);
  await world.close();
  const all = [...aws, ...kintone].map((one) => [`${one.service} ${one.operation}`, one] as const);
  return { operations: [...new Map(all).values()], end };
}

/** Every operation with every fault that makes sense for it: a write's answer cannot be stale. */
export function faultCases(operations: readonly SweptOperation[]): readonly FaultCase[] {
  return operations.flatMap((operation) =>
    (Object.keys(faultKinds) as FaultKind[])
      .filter((fault) => fault !== "stale" || operation.kind === "read")
      .map((fault) => ({ operation, fault })),
  );
}

/**
 * Each case is one pass under its fault, then at most two without: what must never happen, and what must come about. A
 * world in which nothing was changed is there for the next case.
 */
export async function sweepFaults(
  cases: readonly FaultCase[],
  end: Snapshot,
  onResult: (result: FaultResult) => void = () => undefined,
): Promise<readonly FaultResult[]> {
  const results: FaultResult[] = [];
  let world: World | undefined;
  for (const { operation, fault } of cases) {
    const here = world ?? (await startWorld());
    const { problems, isChanged } = await sweepFault(here, operation, fault, end);
    if (isChanged) await here.close();
    world = isChanged ? undefined : here;
    const result = { name: `${operation.service} ${operation.operation}: ${fault}`, problems };
    results.push(result);
    onResult(result);
  }
  await world?.close();
  return results;
}

async function sweepFault(
  world: World,
  operation: SweptOperation,
  fault: FaultKind,
  end: Snapshot,
): Promise<{ readonly problems: readonly string[]; readonly isChanged: boolean }> {
  const { failures } = operation.service === "kintone" ? world.kintone : world.aws;
  failures.add({ match: isCallOf(operation), ...faultKinds[fault](operation) });
  const isStale = fault === "stale";
  // Fills what a stale answer repeats, before somebody changes something by hand.
  if (isStale) {
    await passInProcess(world, "plan", {}, undefined, { patience });
    const hanako = { accountId: accounts.staging, userName: userName("hanako") };
    world.aws.state.removeAssignment("ReadOnly", hanako);
  }
  const before = snapshot(world);
  const report = await sync(world);
  const after = snapshot(world);
  failures.clear();
  const problems = [
    ...wrongWrites(before, after, end),
    ...dishonest(report, before, after, isStale ? after : end),
  ];
  const isChanged = isStale || !isSame(before, after) || problems.length > 0;
  return { problems: isChanged ? [...problems, ...(await healed(world, end))] : problems, isChanged };
}

function isCallOf({ service, operation }: SweptOperation): (request: SandboxRequest) => boolean {
  return (request) => request.service === service && request.operation === operation;
}

/** What people have and what it is. */
export interface Snapshot {
  readonly grants: readonly string[];
  readonly sets: readonly string[];
  /** Sets of others and who has them. */
  readonly foreign: readonly string[];
}

function snapshot({ aws }: World): Snapshot {
  const isForeign = ({ tags }: { readonly tags: Readonly<Record<string, string>> }) =>
    !("kintone-sso-sync:owner" in tags);
  const sets = aws.state.permissionSets().map(({ arn: _arn, ...set }) => set);
  const foreign = new Set(sets.filter(isForeign).map(({ name }) => name));
  const grants = aws.state.assignments().map(({ permissionSet, accountId, principalId }) => {
    return { permissionSet, text: `${permissionSet} ${accountId} ${principalId}` };
  });
  const texts = (all: readonly object[]) => all.map((one) => JSON.stringify(one)).toSorted();
  return {
    grants: grants.map(({ text }) => text).toSorted(),
    sets: texts(sets.filter(({ name }) => !foreign.has(name))),
    foreign: [
      ...texts(sets.filter(({ name }) => foreign.has(name))),
      ...texts(grants.filter(({ permissionSet }) => foreign.has(permissionSet))),
    ],
  };
}

function wrongWrites(before: Snapshot, after: Snapshot, end: Snapshot): readonly string[] {
  const asked = new Set([...before.grants, ...end.grants]);
  const has = new Set(after.grants);
  const stays = before.grants.filter((grant) => end.grants.includes(grant));
  return [
    ...after.grants.filter((grant) => !asked.has(grant)).map((grant) => `${grant} was granted unasked`),
    ...stays.filter((grant) => !has.has(grant)).map((grant) => `${grant} was taken away`),
    ...(same(before.foreign, after.foreign) ? [] : ["something of somebody else's was changed"]),
  ];
}

function dishonest(report: RunReport, before: Snapshot, after: Snapshot, end: Snapshot): readonly string[] {
  const exitCode = exitCodeOf(report, {});
  const isDone = isSame(after, end);
  const claimsDone = report.result === "applied" || report.result === "in-sync";
  const isUntouched = isSame(before, after);
  return [
    ...(claimsDone && !isDone ? [`it says ${report.result} though not everything is done`] : []),
    ...(report.result === "failed" && !isUntouched ? ["it says failed though it wrote something"] : []),
    ...((exitCode === 0) === claimsDone ? [] : [`exit code ${exitCode} for ${report.result}`]),
    ...(report.error?.code === "bug.unexpected" ? ["an error nobody expected"] : []),
    ...(claimsDone || reasonsOf(report) !== "" ? [] : ["no reason is given"]),
  ];
}

function reasonsOf({ error, violations, outcomes }: RunReport): string {
  const reasons = outcomes.flatMap(({ reason }) => (reason === undefined ? [] : [reason.code]));
  return [error?.message ?? "", ...violations.map(({ guard }) => guard), ...reasons].join(" ").trim();
}

async function healed(world: World, end: Snapshot): Promise<readonly string[]> {
  for (let pass = 0; pass < 2; pass += 1) {
    const report = await sync(world);
    const isDone = isSame(snapshot(world), end);
    if (isDone && exitCodeOf(report, {}) === 0) return [];
  }
  return ["two passes without the fault do not lead to the end"];
}

function isSame(a: Snapshot, b: Snapshot): boolean {
  return same(a.grants, b.grants) && same(a.sets, b.sets) && same(a.foreign, b.foreign);
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => text === b[index]);
}

const patience = { kintone: { socketTimeoutMs: 600 }, aws: { requestTimeoutMs: 600, maxAttempts: 1 } };

function sync(world: World): Promise<RunReport> {
  return passInProcess(world, "sync", {}, undefined, { patience });
}

const speed = 1_000;
const owner = "e2e";
const tagsOf = (record: string) => ({ "kintone-sso-sync:owner": owner, "kintone-sso-sync:record": record });
const policy = (action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });

const people = ["hanako", "ichiro", "kenta", "misaki"];
const leaver = userName("leaver");
const leavers = "leavers";

/**
 * A company in which one pass makes, changes and removes something of every kind, also what people and groups have who
 * are in the directory no more, asks who is in a group that a guardrail names, and tells an author of a mistake.
 */
async function startWorld(): Promise<World> {
  const seed = smallCompany({
    permissionSets: [
      {
        name: "ReadOnly",
        description: "View everything",
        session_duration: "8",
        managed_policies: "ReadOnlyAccess",
        customer_managed_policies: "/new",
        permissions_boundary: "PowerUserAccess",
        inline_policy: policy("s3:GetObject"),
      },
      {
        name: "Developer",
        description: "Daily work",
        session_duration: "4",
        managed_policies: "PowerUserAccess",
      },
      { name: "Fresh", description: "New", managed_policies: "SecurityAudit" },
      { name: "Mistaken", description: "Wrong", managed_policies: "NoSuchPolicy" },
    ],
    assignments: [{ ...readers }, { permission_set: "Fresh", groups: "developers", accounts: "development" }],
    aws: {
      users: [...people.map(userName), leaver].map((name) => ({ userName: name, email: name })),
      groups: [
        { displayName: "developers", members: [userName("kenta")] },
        { displayName: leavers, members: [] },
      ],
      permissionSets: [
        {
          name: "ReadOnly",
          description: "Older",
          sessionDuration: "PT1H",
          managedPolicies: ["arn:aws:iam::aws:policy/SecurityAudit"],
          customerManagedPolicies: [{ name: "old" }],
          tags: tagsOf("1"),
          assignments: [
            { accountId: accounts.production, userName: userName("hanako") },
            { accountId: accounts.staging, userName: userName("hanako") },
            { accountId: accounts.staging, userName: userName("kenta") },
          ],
        },
        {
          name: "Developer",
          description: "Daily work",
          sessionDuration: "PT4H",
          managedPolicies: ["arn:aws:iam::aws:policy/PowerUserAccess"],
          inlinePolicy: policy("s3:PutObject"),
          boundary: "arn:aws:iam::aws:policy/PowerUserAccess",
          tags: { "kintone-sso-sync:owner": owner },
        },
        {
          name: "Old",
          description: "Nobody's",
          tags: tagsOf("99"),
          assignments: [
            { accountId: accounts.development, userName: userName("ichiro") },
            { accountId: accounts.development, userName: leaver },
            { accountId: accounts.development, group: leavers },
          ],
        },
        {
          name: "ControlTower",
          tags: { managedBy: "ControlTower" },
          assignments: [{ accountId: accounts.production, userName: userName("misaki") }],
        },
      ],
    },
  });
  const sandbox = await startSandbox({ seed, speed });
  sandbox.aws.state.removeUser(leaver);
  sandbox.aws.state.removeGroup(leavers);
  const config = [
    companyConfig,
    "guards: { maxUsersLosingAllAccess: 5, maxDeletions: 20 }",
    `guardrails: { rules: [{ name: identity, effect: deny, groups: [developers], accounts: ["${accounts.identity}"] }] }`,
    `identityCenter: { expectedAccount: "${accounts.identity}" }`,
  ].join("\n");
  return { ...sandbox, config: `${config}\n` };
}
