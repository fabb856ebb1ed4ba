import { listKeys } from "../../apps/keep-list.ts";
import { isHeaderValue } from "../../config/read-secrets.ts";
import type { TokenUse } from "../../kintone/look-at-token.ts";
import type { AppIds, MadeAppKind } from "../../model/made-app.ts";

/** What was found wrong with the tokens that a person gave. */
export type TokenFault =
  | { readonly kind: Extract<TokenUse, "unknown" | "other-app">; readonly place: number }
  | {
      readonly kind: Exclude<TokenUse, "unknown" | "other-app" | "usable"> | "missing";
      readonly app: MadeAppKind;
    };

/** A token for each app. */
export type Tokens = Readonly<Partial<Record<MadeAppKind, string>>>;

/** How tokens are asked for and tried. */
export interface TokenDesk {
  readonly ids: AppIds;
  /** Undefined or empty when the person leaves it for later. */
  readonly ask: () => Promise<string | undefined>;
  readonly look: (token: string, app: number, requiredKey?: string) => Promise<TokenUse>;
  readonly say: (faults: readonly TokenFault[]) => void;
}

/**
 * Asks until there is a token for every app, in any order and in one answer or more; with an empty answer the tokens that
 * were found by then. Throws a PassError when kintone cannot be asked.
 */
export async function awaitTokens(desk: TokenDesk): Promise<Tokens> {
  const kinds = Object.keys(desk.ids) as MadeAppKind[];
  let tokens: Tokens = {};
  for (;;) {
    const given = splitTokens(await desk.ask());
    if (given.length === 0) return tokens;
    const judged = await Promise.all(given.map((token, index) => judgeToken(desk, token, index + 1)));
    tokens = Object.assign({}, tokens, ...judged.map(({ found }) => found)) as Tokens;
    const told = new Set(judged.flatMap(({ fault }) => (fault && "app" in fault ? [fault.app] : [])));
    const missing = kinds.filter((app) => tokens[app] === undefined && !told.has(app));
    const faults = [
      ...judged.flatMap(({ fault }) => fault ?? []),
      ...missing.map((app) => ({ kind: "missing" as const, app })),
    ];
    desk.say(faults);
    if (kinds.every((kind) => tokens[kind] !== undefined)) return tokens;
  }
}

/** What is pasted may stand between commas, spaces or lines. */
function splitTokens(answer: string | undefined): readonly string[] {
  return [...new Set((answer ?? "").split(/[\s,、，]+/u).filter((token) => token !== ""))];
}

interface JudgedToken {
  readonly found?: Tokens;
  readonly fault?: TokenFault;
}

type Uses = readonly (readonly [MadeAppKind, TokenUse])[];

/** The apps that the token is of, and whether it can do there what is needed and no more. */
async function judgeToken(desk: TokenDesk, token: string, place: number): Promise<JudgedToken> {
  // What no header can carry kintone cannot know.
  if (!isHeaderValue(token)) return { fault: { kind: "unknown", place } };
  const uses = await usesOf(desk, token);
  const fits = uses.filter(([, use]) => use === "usable");
  if (fits.length > 0) return { found: Object.fromEntries(fits.map(([kind]) => [kind, token])) };
  return { fault: faultIn(uses, place) };
}

async function usesOf({ ids, look }: TokenDesk, token: string): Promise<Uses> {
  const uses: Uses[number][] = [];
  for (const [kind, app] of Object.entries(ids) as [MadeAppKind, number][]) {
    const requiredKey = kind === "accounts" || kind === "groups" ? listKeys[kind] : undefined;
    uses.push([kind, await look(token, app, requiredKey)]);
  }
  return uses;
}

/** What it is in the app that it is of says more than that it is of no other. */
function faultIn(uses: Uses, place: number): TokenFault {
  for (const [app, kind] of uses)
    if (kind !== "unknown" && kind !== "other-app" && kind !== "usable") return { kind, app };
  return { kind: uses.some(([, use]) => use === "other-app") ? "other-app" : "unknown", place };
}
