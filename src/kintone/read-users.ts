import type { KintoneRestAPIClient } from "@kintone/rest-api-client";
import * as z from "zod";

import { type RequestSettings, sendRequest, unexpectedAnswer } from "./send-request.ts";

export interface KintoneLogin {
  /** The login name. */
  readonly code: string;
  readonly email: string;
}

const usersSchema = z.object({
  users: z.array(z.object({ code: z.string(), email: z.string().nullish(), valid: z.boolean() })),
});

/** https://cybozu.dev/ja/common/docs/user-api/users/get-users/ */
const pageSize = 100;

interface Http {
  readonly get: (path: string, parameters: object) => Promise<unknown>;
}

/** Everybody who can sign in to kintone. API tokens may not ask for it. Throws a PassError. */
export async function readLogins(
  settings: RequestSettings & { readonly client: KintoneRestAPIClient },
): Promise<readonly KintoneLogin[]> {
  // The client has no method for users; its own connection signs them in.
  const http = Reflect.get(settings.client.app, "client") as Http;
  const about = { appId: 0, request: "GET /v1/users.json" };
  const logins: KintoneLogin[] = [];
  for (let offset = 0; ; offset += pageSize) {
    const send = () => http.get("/v1/users.json", { size: pageSize, offset });
    const { success, data } = usersSchema.safeParse(await sendRequest(settings, about, send));
    if (!success) throw unexpectedAnswer(about);
    const valid = data.users.filter((user) => user.valid);
    logins.push(...valid.map(({ code, email }) => ({ code, email: email ?? "" })));
    if (data.users.length < pageSize) return logins;
  }
}
