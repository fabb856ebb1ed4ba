import type { Actor } from "./authenticate.ts";
import type { App, Domain } from "./kintone-domain.ts";
import type { Permission } from "./kintone-seed.ts";
import type { Parameters } from "./request-parameters.ts";

/** A request that got through to its app. */
export interface Call {
  readonly domain: Domain;
  readonly app: App;
  readonly actor: Actor;
  readonly parameters: Parameters;
}

/** A request about the domain as a whole. */
export interface DomainCall {
  readonly domain: Domain;
  readonly actor: Actor;
  readonly parameters: Parameters;
  /** Finds an app that the actor may use on the path of the request. */
  readonly enter: (app: number, permissions: readonly Permission[]) => App;
  /** Carries out another request of the same actor. */
  readonly perform: (method: string, name: string, parameters: Parameters) => unknown;
}
