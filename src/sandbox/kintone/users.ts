import type { DomainCall } from "./call.ts";
import { notPermitted } from "./kintone-api-error.ts";
import { readCount, readList } from "./request-parameters.ts";

const MAX_PAGE = 100;

/** The users of the domain, for persons. https://cybozu.dev/ja/common/docs/user-api/users/get-users/ Throws CB_NO02 for tokens. */
export function listUsers({ domain, actor, parameters }: DomainCall): readonly object[] {
  if (actor.person === undefined) throw notPermitted();
  const codes = readList(parameters, "codes").map(String);
  const offset = readCount(parameters, "offset", 0);
  const size = Math.min(readCount(parameters, "size", MAX_PAGE), MAX_PAGE);
  return [...domain.users.values()]
    .filter(({ code }) => codes.length === 0 || codes.includes(code))
    .slice(offset, offset + size)
    .map(({ code, name, email, active }) => ({ code, name, email: email ?? "", valid: active !== false }));
}
