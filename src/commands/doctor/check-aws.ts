import type { AwsClients } from "../../aws/clients.ts";
import { readAccounts } from "../../aws/directory.ts";
import { explainDenial, readCaller, readInstance, readOwner } from "../../aws/instance.ts";
import { readPermissionSetArns } from "../../aws/permission-sets.ts";
import {
  listProbes,
  listSetProbes,
  type PermissionProbe,
  type ProbeSubject,
} from "../../aws/permission-probes.ts";
import type { Reader } from "../../aws/reader.ts";
import type { Instance } from "../../model/actual-state.ts";
import type { Config } from "../../model/config.ts";
import { type AccountId, accountId } from "../../model/ids.ts";
import type { PolicyAnalyzer } from "../../ports.ts";
import type { CheckResult, Subject } from "./checks.ts";
import type { Logger } from "../../process/logger.ts";
import { type Check, found, runChecks } from "./run-checks.ts";

export interface AwsCheckSettings {
  readonly reader: Reader;
  readonly clients: AwsClients;
  readonly policyAnalyzer: PolicyAnalyzer;
  readonly config: Config["identityCenter"];
  readonly logger: Logger;
}

const identity = { check: "aws-identity" } as const;
const organization = { check: "aws-organization" } as const;
const instance = { check: "aws-instance" } as const;

/** Looks at who asks, at the organization, at the instance, and tries every permission that a pass reads with. */
export async function checkAws(settings: AwsCheckSettings): Promise<readonly CheckResult[]> {
  const { logger } = settings;
  const known: Known = {};
  const basics = await runChecks(basicChecks(settings, known), logger);
  const permissions = await runChecks(await permissionChecks(settings, known), logger);
  const analyzer = await runChecks([analyzerCheck(settings)], logger);
  const caller = basics.find(({ subject }) => subject === identity);
  const failed = basics.find(({ status }) => status === "failed");
  if (failed === undefined) return [...basics, ...permissions, ...analyzer];
  const skip = (subject: Subject): CheckResult => ({ subject, status: "skipped", after: failed.subject });
  return [
    ...basics,
    skip({ check: "aws-reads" }),
    ...(caller?.status === "passed" ? analyzer : [skip({ check: "aws-analyzer" })]),
  ];
}

function basicChecks({ reader, clients, config }: AwsCheckSettings, known: Known): readonly Check[] {
  return [
    {
      subject: identity,
      look: async () => {
        const caller = await readCaller(reader, clients.sts, config);
        known.account = caller.account;
        return found("passed", config.allowOwnAccount ? "aws.caller-open" : "aws.caller", caller);
      },
    },
    {
      subject: organization,
      after: identity,
      look: async () => {
        known.managementAccount = await readOwner(reader, clients, known.account ?? nobody, config);
        const { length: accounts } = await explaining(known, () => readAccounts(reader, clients));
        return found("passed", "aws.organization", { managementAccount: known.managementAccount, accounts });
      },
    },
    {
      subject: instance,
      after: identity,
      look: async () => {
        known.instance = await explaining(known, () => readInstance(reader, clients.ssoAdmin, config));
        const { arn: instanceArn, region } = known.instance;
        return found("passed", "aws.instance", { instanceArn, region });
      },
    },
  ];
}

/** What the first checks learn, for those that follow. */
interface Known {
  account?: AccountId;
  managementAccount?: AccountId;
  instance?: Instance;
}

const nobody = accountId("");

/** Tells an account that is no delegated administrator from a permission that is missing. */
async function explaining<Answer>(
  { account, managementAccount }: Known,
  read: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await read();
  } catch (error) {
    if (account === undefined || managementAccount === undefined) throw error;
    throw explainDenial(error, { account, managementAccount });
  }
}

async function permissionChecks(settings: AwsCheckSettings, known: Known): Promise<readonly Check[]> {
  const { reader, clients } = settings;
  if (known.instance === undefined || known.managementAccount === undefined) return [];
  const subject: ProbeSubject = {
    reader,
    clients,
    instance: known.instance,
    account: known.managementAccount,
  };
  const source = { reader, client: clients.ssoAdmin, instanceArn: known.instance.arn };
  const [set] = await readPermissionSetArns(source).catch(() => []);
  const setProbes = listSetProbes(subject, set ?? "");
  return [
    ...listProbes(subject).map(tryPermission),
    ...setProbes.map((probe) => (set === undefined ? nothingToTry(probe) : tryPermission(probe))),
    {
      subject: { check: "aws-writes" },
      look: () => Promise.resolve(found("skipped", "aws.writes-untried", {})),
    },
  ];
}

function tryPermission({ action, run }: PermissionProbe): Check {
  return {
    subject: { check: "aws-permission", action },
    look: async () => {
      await run();
      return found("passed", "aws.allowed", {});
    },
  };
}

function nothingToTry({ action }: PermissionProbe): Check {
  return {
    subject: { check: "aws-permission", action },
    look: () => Promise.resolve(found("skipped", "aws.no-permission-set", {})),
  };
}

/** A policy in which nothing is wrong. */
const harmlessPolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }],
});

function analyzerCheck({ policyAnalyzer }: AwsCheckSettings): Check {
  return {
    subject: { check: "aws-analyzer" },
    look: async () => {
      const analysis = await policyAnalyzer.analyzePolicy(harmlessPolicy);
      if (analysis.kind === "analyzed") return found("passed", "aws.allowed", {});
      return found("failed", "aws.analyzer-unavailable", { reason: analysis.reason });
    },
  };
}
