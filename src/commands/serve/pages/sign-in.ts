import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { BlockList, isIP } from "node:net";

/** Who may see the pages. Without a token and without a header everybody who reaches the loopback address. */
export interface SignInOptions {
  /** Exchanged for a cookie. */
  readonly token?: string | undefined;
  /** The header in which a proxy names whom it has signed in. */
  readonly header?:
    | {
        readonly name: string;
        /** Addresses or networks of proxies whose header counts. */
        readonly proxies: readonly string[];
        /** What a proxy shows instead, or as well. */
        readonly secret?: string | undefined;
      }
    | undefined;
  readonly nowMs: () => number;
}

/** What of a request tells who sends it. */
export interface PageRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The address of the other end of the connection. */
  readonly remoteAddress: string;
}

export interface Visitor {
  /** What the visitor's proofs are bound to. */
  readonly session: string;
  /** As a proxy names the visitor. */
  readonly name?: string;
}

export interface SignIn {
  /** Whether there is a token to ask for. */
  readonly asksForToken: boolean;
  readonly identify: (request: PageRequest) => Visitor | undefined;
  /** The value of the cookie for a visitor who shows the token. */
  readonly openSession: (token: string) => string | undefined;
  /** What a form of this visitor's pages carries. */
  readonly proofOf: (visitor: Visitor) => string;
  /** Whether a page of this site sent the form. */
  readonly isOurs: (request: PageRequest, visitor: Visitor, proof: string) => boolean;
}

export const sessionCookie = "kintone-sso-sync-session";
export const sessionSeconds = 12 * 60 * 60;
const proxySecretHeader = "x-kintone-sso-sync-proxy-secret";

/** Keys live as long as the process: a restart signs everybody out. */
export function createSignIn({ token, header, nowMs }: SignInOptions): SignIn {
  const key = randomBytes(32);
  const seal = (text: string): string => createHmac("sha256", key).update(text).digest("base64url");
  const proxies = listProxies(header?.proxies ?? []);
  const proofOf = ({ session }: Visitor): string => seal(`proof ${session}`);

  const sessionOf = (request: PageRequest): string | undefined => {
    const [session = "", until = "", mark = ""] = cookieOf(request).split(".");
    if (!isSame(mark, seal(`session ${session} ${until}`))) return undefined;
    return Number(until) > nowMs() ? session : undefined;
  };
  const namedByProxy = (request: PageRequest): string | undefined => {
    if (header === undefined) return undefined;
    const name = textOf(request.headers[header.name.toLowerCase()]);
    const isTrusted =
      isOneOf(proxies, request.remoteAddress) ||
      (header.secret !== undefined && isSame(textOf(request.headers[proxySecretHeader]), header.secret));
    return isTrusted && name !== "" ? name : undefined;
  };
  return {
    asksForToken: token !== undefined,
    identify: (request) => {
      if (token === undefined && header === undefined) {
        return isLocal(request) ? { session: "local" } : undefined;
      }
      const name = namedByProxy(request);
      if (name !== undefined) return { session: `proxy ${name}`, name };
      const session = token === undefined ? undefined : sessionOf(request);
      return session === undefined ? undefined : { session };
    },
    openSession: (shown) => {
      if (token === undefined || !isSame(shown, token)) return undefined;
      const session = randomBytes(16).toString("base64url");
      const until = String(nowMs() + sessionSeconds * 1_000);
      return [session, until, seal(`session ${session} ${until}`)].join(".");
    },
    proofOf,
    isOurs: (request, visitor, proof) => isFromHere(request) && isSame(proof, proofOf(visitor)),
  };
}

/** A browser says where a form comes from. https://www.w3.org/TR/fetch-metadata/ */
function isFromHere({ headers }: PageRequest): boolean {
  const site = textOf(headers["sec-fetch-site"]);
  const origin = textOf(headers["origin"]);
  const isSameHost = origin === "" || hostOf(origin) === textOf(headers["host"]);
  return isSameHost && (site === "" || site === "same-origin");
}

/** Names of this machine only: another name that leads here is a trick to make a browser ask. */
function isLocal({ headers, remoteAddress }: PageRequest): boolean {
  const host = textOf(headers["host"]);
  return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/u.test(host) && isOneOf(loopback, remoteAddress);
}

const loopback = listProxies(["127.0.0.0/8", "::1"]);

function listProxies(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = "", bits] = entry.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return list;
}

function isOneOf(list: BlockList, remoteAddress: string): boolean {
  const address = remoteAddress.replace(/^::ffff:(?=\d+\.)/iu, "");
  return isIP(address) !== 0 && list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

function cookieOf({ headers }: PageRequest): string {
  const pairs = textOf(headers["cookie"])
    .split(";")
    .map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${sessionCookie}=`))?.slice(sessionCookie.length + 1) ?? "";
}

function textOf(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : "";
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** In constant time, so that the time taken tells nothing of the secret. */
function isSame(shown: string, secret: string): boolean {
  const hash = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(shown), hash(secret));
}
