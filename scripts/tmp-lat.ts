import { createAwsClients } from "../src/aws/clients.ts";
import { createIdentityCenter } from "../src/aws/identity-center.ts";
import { emptyMemory } from "../src/model/memory.ts";
import { reconcile } from "../src/pass/reconcile.ts";
import { createVirtualClock } from "../test/fakes/virtual-clock.ts";
import { changeCompany, createCompany, owner, recordsOf, region, seedOf } from "./bench/company.ts";
import { createSimulatedAws } from "./bench/simulated-aws.ts";
import { benchConfig, companySizes, memoryAfter, companySeed } from "./bench/simulated.ts";
process.env["AWS_ACCESS_KEY_ID"] = "AKIASIMULATION";
process.env["AWS_SECRET_ACCESS_KEY"] = "simulation";
for (const size of companySizes.slice(0, Number(process.argv[2] ?? 3))) {
  const company = createCompany(size, companySeed);
  const after = changeCompany(company, 2, size.accounts, 7);
  let memory: any;
  for (const [rotates, source] of [[true, company], [false, after], [true, after]] as const) {
    const clock = createVirtualClock();
    const config = benchConfig();
    const aws = createSimulatedAws({ seed: seedOf(company, { withSets: true }), clock, operationMs: 3000 });
    const start = clock.now();
    const marks: Record<string, number> = {};
    const last: Record<string, number> = {};
    const counts: Record<string, number> = {};
    const clients = createAwsClients({ region, clock, pace: config.pace, maxAttempts: 1, onRequest: (_s, op) => { marks[op] ??= clock.now() - start; last[op] = clock.now() - start; counts[op] = (counts[op] ?? 0) + 1; } });
    aws.answer(clients);
    const t0 = process.cpuUsage().user;
    const pass = await reconcile({ records: { readAllRecords: async () => recordsOf(source) }, identityCenter: createIdentityCenter({ clients, clock, owner, region }), policyAnalyzer: { analyzePolicy: async () => ({ kind: "analyzed", findings: [] }) }, clock }, config, { mode: "sync", runId: "b", rotates, recordUrl: () => "https://e/", ...(memory && { loadMemory: async () => memory }) });
    if (memory === undefined) memory = memoryAfter(emptyMemory(owner), pass, clock.now());
    console.log(size.accounts, rotates, "changes", pass.plan.changes.length, "first create", marks["CreateAccountAssignment"], "end", clock.now() - start, "cpu", (process.cpuUsage().user - t0) / 1000);
    if (pass.plan.changes.length) console.log(Object.keys(marks).map((k) => `${k} x${counts[k]} ${marks[k]}–${last[k]}`).join("\n"));
  }
}
