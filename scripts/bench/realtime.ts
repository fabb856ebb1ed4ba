import { createAwsClients } from "../../src/aws/clients.ts";
import { createIdentityCenter } from "../../src/aws/identity-center.ts";
import { systemClock } from "../../src/wiring/clocks.ts";
import { emptyMemory } from "../../src/model/memory.ts";
import { startAwsSandbox } from "../../src/sandbox/aws/start-aws-sandbox.ts";
import {
  changeCompany,
  type Company,
  type CompanySize,
  createCompany,
  owner,
  region,
  seedOf,
} from "./company.ts";
import {
  benchConfig,
  changeSeed,
  companySeed,
  memoryAfter,
  nameOf,
  recordSourceOf,
  runPass,
} from "./simulated.ts";

export interface RealtimeResult {
  readonly org: string;
  readonly case: string;
  readonly calls: number;
  readonly throttled: number;
  readonly changes: number;
  readonly seconds: number;
}

export const realtimeSize: CompanySize = { accounts: 30, sets: 15, pairs: 60, assignments: 120, users: 40 };

/** Passes over HTTP against the sandbox's AWS with the true quotas and durations. */
export async function runRealtime(onResult: (result: RealtimeResult) => void): Promise<void> {
  const company = createCompany(realtimeSize, companySeed);
  const changed = changeCompany(company, 60, realtimeSize.accounts, changeSeed);
  const sandbox = await startAwsSandbox({ seed: seedOf(company, { withSets: false }) });
  process.env["AWS_ENDPOINT_URL"] = sandbox.url;
  process.env["AWS_ACCESS_KEY_ID"] = "AKIASANDBOX";
  process.env["AWS_SECRET_ACCESS_KEY"] = "sandbox";
  process.env["AWS_EC2_METADATA_DISABLED"] = "true";
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  let memory = emptyMemory(owner);
  const run = async (name: string, wanted: Company): Promise<void> => {
    const calls = { sso: 0, throttled: 0 };
    const clients = createAwsClients({
      region,
      clock: systemClock,
      pace: benchConfig().pace,
      onRequest: (service, _operation, errorName) => {
        if (service !== "sso") return;
        calls.sso += 1;
        if (errorName === "ThrottlingException") calls.throttled += 1;
      },
    });
    const startedMs = performance.now();
    const center = createIdentityCenter({ clients, clock: systemClock, owner, region });
    const known = memory;
    const pass = await runPass(center, recordSourceOf(wanted), systemClock, {
      loadMemory: () => Promise.resolve(known),
    });
    memory = memoryAfter(known, pass, systemClock.now());
    onResult({
      org: nameOf(realtimeSize),
      case: name,
      calls: calls.sso,
      throttled: calls.throttled,
      changes: pass.plan.changes.length,
      seconds: (performance.now() - startedMs) / 1_000,
    });
  };
  try {
    await run("first pass, nothing there", company);
    await run("unchanged", company);
    await run("60 changes", changed);
  } finally {
    await sandbox.close();
    delete process.env["AWS_ENDPOINT_URL"];
  }
}
