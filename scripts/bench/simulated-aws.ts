import type { AwsClients } from "../../src/aws/clients.ts";
import type { Clock } from "../../src/ports.ts";
import type { AwsSeed } from "../../src/sandbox/aws/aws-seed.ts";
import { createAwsServices } from "../../src/sandbox/aws/aws-services.ts";
import { readAwsRequest } from "../../src/sandbox/aws/protocol/aws-request.ts";
import { quotasAtSpeed } from "../../src/sandbox/aws/quotas.ts";

export interface SimulationOptions {
  readonly seed: AwsSeed;
  readonly clock: Clock;
  /** How long every assignment and every provisioning of up to ten accounts takes. */
  readonly operationMs: number;
}

/** AWS as a tool on the virtual clock meets it. */
export interface SimulatedAws {
  /** Makes the clients talk to it. */
  readonly answer: (clients: AwsClients) => void;
  /** Somebody else's sso-admin calls, so many a second, until the signal is aborted. */
  readonly crowd: (requestsPerSecond: number, signal: AbortSignal) => Promise<void>;
}

/** From the tool to AWS and back. */
const roundTripMs = [60, 120] as const;

/** Gives the SDK credentials that need no network. */
export function prepareSimulation(): void {
  process.env["AWS_ACCESS_KEY_ID"] = "AKIASIMULATION";
  process.env["AWS_SECRET_ACCESS_KEY"] = "simulation";
  process.env["AWS_EC2_METADATA_DISABLED"] = "true";
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
}

/** The sandbox's services on the virtual clock, with the true quotas: what answers the SDK's clients without a network. */
export function createSimulatedAws({ seed, clock, operationMs }: SimulationOptions): SimulatedAws {
  const duration = [operationMs, operationMs] as const;
  const quotas = quotasAtSpeed(
    {
      requestsPerSecond: 20,
      assignmentLatencyMs: duration,
      existingRoleLatencyMs: duration,
      provisionLatencyMs: duration,
    },
    1,
  );
  const { caller: services } = createAwsServices(seed, quotas, () => clock.now());
  const answer = (clients: AwsClients): void => {
    const { ssoAdmin, identityStore, organizations, iam, sts, accessAnalyzer } = clients;
    for (const client of [ssoAdmin, identityStore, organizations, iam, sts, accessAnalyzer]) {
      const stack = client.middlewareStack as unknown as MiddlewareStack;
      stack.add(() => (args) => transport(args.request), {
        name: "simulatedTransport",
        step: "deserialize",
        priority: "low",
      });
    }
  };
  let sent = 0;

  async function transport(request: WireRequest): Promise<{ readonly response: unknown }> {
    sent += 1;
    const [shortest, longest] = roundTripMs;
    // Multiples of the golden ratio without their whole part are spread evenly.
    const halfMs = (shortest + (longest - shortest) * ((sent * 0.618_033_988_75) % 1)) / 2;
    await clock.sleep(halfMs);
    const read = readAwsRequest(services, { ...request, url: request.path, body: textOf(request.body) });
    const result = read.carryOut();
    const id = `request-${sent}`;
    const { status, headers, body } =
      "output" in result ? read.writeOutput(result.output, id) : read.writeError(result.error, id);
    await clock.sleep(halfMs);
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return { response: { statusCode: status, headers, body: Buffer.from(text) } };
  }

  async function crowd(requestsPerSecond: number, signal: AbortSignal): Promise<void> {
    const ssoAdmin = services.json.get("SWBExternalService");
    while (!signal.aborted) {
      try {
        ssoAdmin?.answer("ListInstances", {}, { region: seed.primaryRegion });
      } catch {
        // Throttled, as anybody may be.
      }
      await clock.sleep(1_000 / requestsPerSecond, signal);
    }
  }

  return { answer, crowd };
}

interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

interface MiddlewareStack {
  add(
    middleware: () => (args: { readonly request: WireRequest }) => Promise<{ readonly response: unknown }>,
    place: { readonly name: string; readonly step: "deserialize"; readonly priority: "low" },
  ): void;
}

/** Decodes bytes as bytes: the SDK's body warns when it is asked for its text itself. */
function textOf(body: unknown): string {
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  return typeof body === "string" ? body : "";
}
