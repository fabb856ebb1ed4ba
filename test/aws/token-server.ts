import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export const githubIssuer = "https://token.actions.githubusercontent.com";
export const azureIssuer = "https://vstoken.dev.azure.com/6f1a1c2e-0000-4000-8000-1234567890ab";

/** What the CI system checks a request for a token by. */
export const requestToken = "request-token-of-the-job";

export interface TokenServer {
  readonly url: string;
  readonly requests: readonly {
    readonly method: string;
    readonly url: string;
    readonly headers: IncomingMessage["headers"];
  }[];
  /** Every token that was given out. */
  readonly tokens: readonly string[];
  /** What the next tokens claim, beside the audience. */
  claims: Readonly<Record<string, unknown>>;
  /** Asked first; whether it has answered. */
  intervene: (response: ServerResponse) => boolean;
  close: () => void;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token as the sandbox's STS takes it; nobody checks the signature there. */
function tokenOf(claims: Readonly<Record<string, unknown>>): string {
  return `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}.signature-of-${encode(claims).slice(-20)}`;
}

/** The token endpoints of GitHub Actions (`/github`) and Azure DevOps (`/azure`), for one job. */
export async function startTokenServer(now: () => number = Date.now): Promise<TokenServer> {
  const requests: { method: string; url: string; headers: IncomingMessage["headers"] }[] = [];
  const tokens: string[] = [];

  function issue(claims: Readonly<Record<string, unknown>>): string {
    const seconds = Math.floor(now() / 1000);
    const token = tokenOf({ iat: seconds, exp: seconds + 300, jti: tokens.length, ...claims });
    tokens.push(token);
    return token;
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? "", "http://ci");
    requests.push({ method: request.method ?? "", url: request.url ?? "", headers: request.headers });
    if (server.intervene(response)) return;
    const isAzure = url.pathname.startsWith("/azure");
    if (request.headers.authorization !== `Bearer ${requestToken}`) {
      response.writeHead(401).end();
    } else if (request.method !== (isAzure ? "POST" : "GET")) {
      response.writeHead(405).end();
    } else if (isAzure) {
      const sub = `sc://acme/aws/${url.searchParams.get("serviceConnectionId")}`;
      const claims = { iss: azureIssuer, sub, aud: "api://AzureADTokenExchange", ...server.claims };
      response.end(JSON.stringify({ oidcToken: issue(claims) }));
    } else {
      const claims = { iss: githubIssuer, aud: url.searchParams.get("audience"), ...server.claims };
      response.end(JSON.stringify({ count: 1, value: issue(claims) }));
    }
  }

  const http = createServer(answer);
  await new Promise<void>((resolve) => {
    http.listen(0, "127.0.0.1", resolve);
  });
  const close = (): void => {
    http.closeAllConnections();
    http.close();
  };
  onTestFinished(close);
  const server: TokenServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    requests,
    tokens,
    claims: {},
    intervene: () => false,
    close,
  };
  return server;
}
