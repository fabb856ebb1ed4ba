import type { CallSlack } from "./call-slack.ts";

/** Ids of the Slack users with the e-mail addresses, without those that Slack does not know or does not tell. Never throws. */
export type FindUsers = (emails: readonly string[]) => Promise<readonly string[]>;

/** Finds users by e-mail address (`users:read.email`), asking for each address once. */
export function createUserFinder(call: CallSlack): FindUsers {
  const known = new Map<string, string | undefined>();
  let isAllowed = true;

  /** False when there is no use in asking for the next one. */
  const ask = async (email: string): Promise<boolean> => {
    const answer = await call("users.lookupByEmail", { email });
    if (answer.kind === "done") known.set(email, activeUserId(answer.content["user"]));
    else if (answer.reason === "users_not_found") known.set(email, undefined);
    else {
      isAllowed = answer.reason !== "missing_scope";
      return false;
    }
    return true;
  };

  return async (emails) => {
    const wanted = [...new Set(emails.map((email) => email.trim().toLowerCase()))];
    for (const email of wanted) {
      if (!isAllowed || !(known.has(email) || (await ask(email)))) break;
    }
    return [...new Set(wanted.flatMap((email) => known.get(email) ?? []))];
  };
}

function activeUserId(user: unknown): string | undefined {
  if (typeof user !== "object" || user === null || !("id" in user)) return undefined;
  if ("deleted" in user && user.deleted === true) return undefined;
  return typeof user.id === "string" && /^[UW][A-Z0-9]+$/.test(user.id) ? user.id : undefined;
}
