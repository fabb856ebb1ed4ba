import { PassError } from "../errors.ts";
import { isTransient } from "./request-failure.ts";
import { type RetrySettings, sendWithRetries } from "./retry.ts";
import { translateError } from "./translate-error.ts";

export interface RequestSettings extends RetrySettings {
  readonly config: { readonly baseUrl: string };
}

interface Request {
  readonly appId: number;
  readonly request: string;
  readonly condition?: string;
}

/** Sends a request that only reads. The answer is unknown on purpose: the client passes on whatever came with the status 200. Throws a PassError. */
export async function sendRequest(
  settings: RequestSettings,
  about: Request,
  request: () => Promise<unknown>,
): Promise<unknown> {
  const result = await sendWithRetries(request, isTransient, settings);
  if (result.kind === "answered") return result.answer;
  throw translateError(result.failure, result.attempts, { baseUrl: settings.config.baseUrl, ...about });
}

/** The error for an answer that is about something else. */
export function unexpectedAnswer({ appId, request }: Request): PassError {
  return new PassError("kintone.incomplete-read", {
    appId,
    problem: `${request} was answered with something else than app ${appId}`,
  });
}
