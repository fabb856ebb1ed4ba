import { IdentitystoreClient } from "@aws-sdk/client-identitystore";
import * as identityStore from "@aws-sdk/client-identitystore";
import { SSOAdminClient } from "@aws-sdk/client-sso-admin";
import * as ssoAdmin from "@aws-sdk/client-sso-admin";
import { managementAccessKeyId } from "../../../src/sandbox/aws/aws-services.ts";
import type { SdkRequest, SdkResponse } from "../../../test/sandbox/aws/answer-in-process.ts";
import { unknownToMoto } from "./known-differences.ts";
import type { RandomRequest } from "./random-requests.ts";

/** What a server said to a request, in terms that do not depend on the ids it gave out. */
export type ComparedAnswer = { readonly error: string } | { readonly output: unknown };

/** A server, and what it has made under which name. */
export interface ComparedServer {
  /** Forgets what was made: the server has an empty instance. */
  readonly begin: () => Promise<void>;
  readonly answer: (request: RandomRequest) => Promise<ComparedAnswer>;
}

type Send = (command: unknown) => Promise<Record<string, unknown>>;
type Commands = Readonly<Record<string, new (input: unknown) => unknown>>;

const nowhere = {
  "@set": "arn:aws:sso:::permissionSet/ssoins-0000000000000000/ps-0000000000000000",
  "@user": "0000000000-00000000-0000-4000-8000-000000000000",
  "@group": "0000000000-00000000-0000-4000-8000-000000000001",
};

/** How requests get to a server. */
export type Transport = (request: SdkRequest) => Promise<SdkResponse>;

/** A server to compare, which has one instance whenever it begins anew. */
export function compareServer(transport: Transport): ComparedServer {
  const options = {
    region: "ap-northeast-1",
    endpoint: "http://127.0.0.1",
    credentials: { accessKeyId: managementAccessKeyId, secretAccessKey: "none" },
    maxAttempts: 1,
    requestHandler: {
      handle: async (request: SdkRequest) => ({ response: await transport(request) }),
    },
  };
  const clients = {
    "sso-admin": sender(new SSOAdminClient(options), ssoAdmin as unknown as Commands),
    identitystore: sender(new IdentitystoreClient(options), identityStore as unknown as Commands),
  };
  const ids = new Map<string, string>();
  const idOf = (name: string) => {
    const kind = name.replace(/\d+$/u, "") as keyof typeof nowhere;
    return ids.get(name) ?? nowhere[kind] ?? name;
  };
  const nameOf = (id: string) => [...ids].findLast(([, each]) => each === id)?.[0] ?? id;

  return {
    async begin() {
      const { Instances } = await clients["sso-admin"]("ListInstances", {});
      const [instance] = Instances as { InstanceArn: string; IdentityStoreId: string }[];
      ids.clear();
      ids.set("@instance", instance?.InstanceArn ?? "").set("@store", instance?.IdentityStoreId ?? "");
    },
    async answer({ service, operation, input, makes }) {
      try {
        const output = await clients[service](operation, replaceTexts(input, idOf) as object);
        const id = makes === undefined ? undefined : memberOf(output, makes.member);
        if (typeof id === "string" && makes !== undefined) ids.set(`@${makes.name}`, id);
        return { output: comparable(replaceTexts(output, nameOf)) };
      } catch (error) {
        return { error: error instanceof Error ? error.name : String(error) };
      }
    },
  };
}

function sender(
  client: { readonly send: unknown },
  commands: Commands,
): (operation: string, input: object) => Promise<Record<string, unknown>> {
  const send = (client.send as Send).bind(client);
  return (operation, input) => {
    const Command = commands[`${operation}Command`];
    if (Command === undefined) throw new Error(`There is no command for ${operation}.`);
    return send(new Command(input));
  };
}

function memberOf(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((each, name) => (each as Record<string, unknown> | undefined)?.[name], value);
}

function replaceTexts(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === "string") return replace(value);
  if (Array.isArray(value)) return value.map((each) => replaceTexts(each, replace));
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, replaceTexts(member, replace)]),
  );
}

/** Left out of every comparison: what differs from request to request, and what is not there. */
const passing = new Set<string>([
  "$metadata",
  "CreatedDate",
  "RequestId",
  "MembershipId",
  "NextToken",
  ...unknownToMoto,
]);

// The order of a list means nothing to either server.
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(comparable).sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => !passing.has(name) && member !== undefined && member !== null)
      .map(([name, member]) => [name, comparable(member)] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}
