import type { SeenRequest, Exchange } from "../../model/acceptance.ts";
import type { AwsClients } from "../clients.ts";
import { errorMessage, errorName } from "../translate-error.ts";
import { type Anonymous, shapeOf } from "./anonymous.ts";

/** Where what was asked and answered is written down. */
export interface Transcript {
  /** What has been written down since it was taken the last time. */
  readonly take: () => readonly SeenRequest[];
  readonly add: (request: Exchange) => void;
}

/** A transcript in which the same question with the same answer, asked again, is one line. */
export function createTranscript(): Transcript {
  let lines: SeenRequest[] = [];
  return {
    take: () => {
      const taken = lines;
      lines = [];
      return taken;
    },
    add: (request) => {
      const last = lines.at(-1);
      const isSame = last !== undefined && contentOf(last) === contentOf(request);
      if (isSame) lines[lines.length - 1] = { ...last, ...request, times: last.times + 1 };
      else lines.push({ ...request, times: 1 });
    },
  };
}

function contentOf({ operation, answer, error }: Exchange): string {
  return JSON.stringify([operation, answer, error]);
}

interface Answered {
  readonly output?: { readonly $metadata?: { readonly requestId?: string } };
}

/** Writes down what the clients ask and get from now on. */
export function recordRequests(clients: AwsClients, transcript: Transcript, anonymous: Anonymous): void {
  const record =
    <Request, Answer>(
      next: (request: Request) => Promise<Answer>,
      { commandName = "" }: { readonly commandName?: string },
    ) =>
    async (request: Request): Promise<Answer> => {
      const operation = commandName.replace(/Command$/u, "");
      try {
        const answer = await next(request);
        const { output }: Answered = answer as Answered;
        const shape = shapeOf(output, anonymous);
        transcript.add({ operation, answer: shape, ...idOf(output?.$metadata) });
        return answer;
      } catch (error) {
        const { $metadata } = error as { readonly $metadata?: { readonly requestId?: string } };
        const said = { name: errorName(error), message: anonymous(errorMessage(error)) };
        transcript.add({ operation, error: said, ...idOf($metadata) });
        throw error;
      }
    };
  const first = { name: "recordRequests", step: "initialize", priority: "high" } as const;
  clients.ssoAdmin.middlewareStack.add(record, first);
  clients.identityStore.middlewareStack.add(record, first);
  clients.organizations.middlewareStack.add(record, first);
  clients.iam.middlewareStack.add(record, first);
}

function idOf({ requestId }: { readonly requestId?: string } = {}): { readonly requestId?: string } {
  return requestId === undefined ? {} : { requestId };
}
