import { AwsError } from "../protocol/aws-error.ts";
import type { Directory } from "./directory.ts";
import type { IdentityStoreRequest } from "./identity-store-requests.ts";
import { type IdentityStore, notFound } from "./stored-principals.ts";

type AlternateIdentifier = IdentityStoreRequest<"GetUserId">["AlternateIdentifier"];
type Paths<Entry> = Readonly<Record<string, (entry: Entry) => string | undefined>>;

const userPaths: Paths<ReturnType<Directory["users"]>[number]> = {
  userName: ({ userName }) => userName,
  "emails.value": ({ email }) => email,
};
const groupPaths: Paths<ReturnType<Directory["groups"]>[number]> = {
  displayName: ({ displayName }) => displayName,
};

/** The id of the user that an alternate identifier names. Throws a ResourceNotFoundException when there is none. */
export function userIdOf(store: IdentityStore, identifier: AlternateIdentifier): string {
  return idOf(store, identifier, { type: "USER", entries: store.directory.users(), paths: userPaths });
}

/** The id of the group that an alternate identifier names. Throws a ResourceNotFoundException when there is none. */
export function groupIdOf(store: IdentityStore, identifier: AlternateIdentifier): string {
  return idOf(store, identifier, { type: "GROUP", entries: store.directory.groups(), paths: groupPaths });
}

interface Searched<Entry> {
  readonly type: "USER" | "GROUP";
  readonly entries: readonly Entry[];
  readonly paths: Paths<Entry>;
}

// No entry of the sandbox has an external id: those come from another identity provider.
function idOf<Entry extends { readonly id: string }>(
  { others }: IdentityStore,
  { ExternalId, UniqueAttribute }: AlternateIdentifier,
  { type, entries, paths }: Searched<Entry>,
): string {
  if ((ExternalId === undefined) === (UniqueAttribute === undefined)) {
    throw new AwsError("ValidationException", "Exactly one alternate identifier must be given.");
  }
  if (UniqueAttribute === undefined) throw notFound(type, undefined);
  const path = UniqueAttribute.AttributePath;
  const given = others.has("attribute-path-case") ? path : lowerFirsts(path);
  const read = Object.hasOwn(paths, given) ? paths[given] : undefined;
  if (read === undefined) {
    throw new AwsError("ValidationException", `The attribute path ${path} is not supported.`);
  }
  const folded = (value: unknown) =>
    others.has("user-name-case") && typeof value === "string" ? value.toLowerCase() : value;
  const wanted = folded(UniqueAttribute.AttributeValue);
  const found = entries.find((entry) => folded(read(entry)) === wanted);
  if (found === undefined) throw notFound(type, undefined);
  return found.id;
}

// `UserName` is what Terraform's users write, `userName` what the reference has; both are understood.
function lowerFirsts(path: string): string {
  return path.replaceAll(
    /(^|\.)(\p{L})/gu,
    (_match, dot: string, letter: string) => dot + letter.toLowerCase(),
  );
}
