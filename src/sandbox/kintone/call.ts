import type { Actor } from "./authenticate.ts";
import type { App, Domain } from "./kintone-domain.ts";
import type { Parameters } from "./request-parameters.ts";

/** A request that got through to its app. */
export interface Call {
  readonly domain: Domain;
  readonly app: App;
  readonly actor: Actor;
  readonly parameters: Parameters;
}
