import { resolve } from "node:path";
import { closeAwsClients, createAwsClients, type AwsPatience, type AwsConnection } from "../aws/clients.ts";
import { createIdentityCenter } from "../aws/identity-center.ts";
import { createPolicyAnalyzer } from "../aws/policy-analyzer.ts";
import { createKintoneAgent, createKintoneClient } from "../kintone/client.ts";
import { createRecordComments } from "../kintone/record-comments.ts";
import { createRecordSource, type RecordSourceSettings } from "../kintone/record-source.ts";
import { openLease } from "../memory/lease-store.ts";
import { openMemory } from "../memory/open-memory.ts";
import type { S3ClientSettings } from "../memory/s3-object.ts";
import type { Config, Secrets, SigningSecrets } from "../model/config.ts";
import { groupsNamedBy } from "../model/guardrail.ts";
import type { World } from "../pass/reconcile.ts";
import type { Clock, LeaseStore, MemoryStore } from "../ports.ts";
import type { Logger } from "../process/logger.ts";
import type { Surroundings } from "../process/process-face.ts";
import { recordUrls } from "../report/record-urls.ts";
import type { SlackPatience } from "../slack/call-slack.ts";
import { createOperatorChannel } from "../slack/operator-channel.ts";
import type { Tellers, PassTellers } from "../tell/tell.ts";
import { watchClock } from "./clocks.ts";
import { connectToAws, toS3 } from "./connect-to-aws.ts";
import { awsOutcome, kintoneOutcome, type OnRequest, slackOutcome } from "./count-requests.ts";
import { signedMemory } from "./signed-memory.ts";

/** What is configured, and where. */
export interface Configured {
  readonly config: Config;
  readonly secrets: Secrets;
  readonly surroundings: Surroundings;
}

/** What a pass is made of. */
export interface Wiring extends Configured {
  readonly clock: Clock;
  readonly logger: Logger;
  /** In place of the configured one, for a process that keeps it from pass to pass. */
  readonly memoryStore?: MemoryStore;
  /** Names of unmanaged permission sets to plan for as if they were managed. */
  readonly adopting?: ReadonlySet<string>;
  /** Read the members of every group, and not only of those that guardrails name. */
  readonly readsAllMembers?: boolean;
  /** Told how many requests of a read are known to be left. */
  readonly onWaiting?: ((requests: number) => void) | undefined;
  /** How patient the clients are with the network, where not as they are by default. */
  readonly patience?: Patience;
}

interface Patience {
  readonly kintone?: { readonly socketTimeoutMs?: number };
  readonly aws?: AwsPatience;
  readonly slack?: SlackPatience;
}

export interface Wired {
  readonly world: World;
  readonly tellers: PassTellers;
  /** Closes the connections that are kept alive. */
  readonly close: () => void;
}

const commentDeadlineMs = 10_000;

/** Puts the adapters together: the world that a pass acts on, and the tellers for what came of it. Throws a PassError when kintone's client certificate cannot be opened. */
export function wire(
  { config, secrets, surroundings, clock, logger, memoryStore, patience, ...read }: Wiring,
  count: OnRequest,
): Wired {
  const httpsAgent = createKintoneAgent(secrets);
  const { usesProxies } = surroundings;
  const watched = watchClock(clock);
  const kintone: RecordSourceSettings = {
    clockAheadMs: watched.aheadMs,
    client: createKintoneClient({
      config: config.kintone,
      secrets,
      httpsAgent,
      usesProxies,
      onDate: watched.onDate,
      ...patience?.kintone,
    }),
    config: config.kintone,
    clock,
    onRequest: (failure) => count("kintone", kintoneOutcome(failure)),
  };
  const { region } = config.identityCenter;
  const connection = connectToAws(surroundings, {
    region,
    clock,
    onRequest: (service, _operation, errorName) => count(service, awsOutcome(errorName)),
  });
  const clients = createAwsClients({ ...connection, ...patience?.aws, pace: config.pace });
  const { owner, language } = config;
  const policyAnalyzer = createPolicyAnalyzer({ client: clients.accessAnalyzer, clock, language });
  const identityCenter = createIdentityCenter({
    clients,
    clock,
    owner,
    ...config.identityCenter,
    adopting: read.adopting,
    readsMembersOf: read.readsAllMembers === true ? () => true : groupsNamedBy(config.guardrails),
    onWaiting: read.onWaiting,
  });
  return {
    world: { records: createRecordSource(kintone), identityCenter, policyAnalyzer, clock },
    tellers: {
      config,
      comments:
        config.comments === "off"
          ? undefined
          : createRecordComments({ ...kintone, deadlineMs: commentDeadlineMs }),
      ownLogin: secrets.kintone.kind === "password" ? secrets.kintone.username : undefined,
      operators: operatorChannel({ ...config, ...secrets, patience: patience?.slack }, count),
      memory: memoryStore ?? configuredMemory({ config, secrets, surroundings }, connection),
      logger,
      clock,
      recordUrl: recordUrls(config.kintone),
    },
    close: () => {
      closeAwsClients(clients);
      httpsAgent.destroy();
    },
  };
}

/** The store that the configuration names, if any. */
export function configuredMemory(
  { config: { memory: location, owner }, secrets: signing, surroundings }: Configured,
  connection: AwsConnection,
): MemoryStore | undefined {
  return location === undefined
    ? undefined
    : memoryAt({ location, owner, signing }, surroundings, toS3(connection));
}

/** The lease beside the memory, where the configuration wants one. */
export function configuredLease(
  { config: { memory, serve }, surroundings: { directory }, clock }: Wiring,
  connection: AwsConnection,
): LeaseStore | undefined {
  if (memory === undefined || !serve.lease) return undefined;
  return openLease(placeOf(memory, directory), () => clock.now(), toS3(connection));
}

/** An address in S3, or the path of a file seen from the folder of the process. */
function placeOf(location: string, directory: string): string {
  return location.startsWith("s3://") ? location : resolve(directory, location);
}

interface MemoryPlace {
  readonly location: string;
  readonly owner: string;
  /** What signs it; undefined where that is wrong. */
  readonly signing: SigningSecrets | undefined;
}

/** The store of the owner's memory, at `s3://bucket/key` or at a file's path. */
export function memoryAt(
  { location, owner, signing }: MemoryPlace,
  { directory }: Surroundings,
  s3: S3ClientSettings,
): MemoryStore {
  return openMemory(placeOf(location, directory), signedMemory(owner, signing), s3);
}

function operatorChannel(
  {
    slack,
    slackBotToken,
    patience,
  }: {
    readonly slack?: NonNullable<Config["slack"]>;
    readonly slackBotToken?: string;
    readonly patience: SlackPatience | undefined;
  },
  count: OnRequest,
): Tellers["operators"] {
  if (slack === undefined || slackBotToken === undefined) return undefined;
  return createOperatorChannel({
    token: slackBotToken,
    ...slack,
    ...patience,
    onRequest: (status) => count("slack", slackOutcome(status)),
  });
}
