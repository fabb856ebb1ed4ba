import type { IncomingHttpHeaders } from "node:http";

import type { SandboxAnswer } from "../failure-switch.ts";
import { type Actor, authenticate, passesBasicAuth } from "./authenticate.ts";
import { finishDeploys, findLiveApp } from "./deploy-app.ts";
import { DOMAIN_ENDPOINTS, type DomainEndpoint } from "./domain-endpoints.ts";
import { type Endpoint, ENDPOINTS } from "./endpoints.ts";
import type { App, Domain } from "./kintone-domain.ts";
import {
  appNotFound,
  KintoneApiError,
  type Language,
  notPermitted,
  pathNotFound,
  renderError,
} from "./kintone-api-error.ts";
import type { Permission } from "./kintone-seed.ts";
import { type Parameters, parseBody, parseQueryString, readId } from "./request-parameters.ts";

/** A request as kintone understands it: its real method, its endpoint and where it was sent. */
export interface KintoneRequest {
  readonly method: string;
  readonly path: string;
  readonly endpoint: Endpoint | DomainEndpoint | undefined;
  /** From the path; undefined on the normal path. */
  readonly guestSpaceId: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly queryString: string;
  readonly body: string;
  /** From query string or body; empty when the body is not readable. */
  readonly parameters: Parameters;
}

/** The API of cybozu.com, which kintone's users come from. */
const COMMON_PATH = /^\/(?<name>v1\/[a-z]+\.json)$/;
const API_PATH = /^\/k\/(?:guest\/(?<guestSpaceId>\d+)\/)?v1\/(?<name>.+\.json)$/;
/** kintone refuses longer addresses; such a query is sent by POST with a method override instead. */
const MAX_URL_LENGTH = 8192;

/** Reads what a request is about, without judging it. */
export function readRequest(
  sentMethod: string,
  url: string,
  headers: IncomingHttpHeaders,
  body: string,
): KintoneRequest {
  const mark = url.indexOf("?");
  const path = mark < 0 ? url : url.slice(0, mark);
  const queryString = mark < 0 ? "" : url.slice(mark + 1);
  const override = headers["x-http-method-override"];
  const method =
    sentMethod === "POST" && override !== undefined ? String(override).toUpperCase() : sentMethod;
  const parts = readPath(path);
  const guestSpaceId = parts["guestSpaceId"];
  const request = {
    method,
    path,
    endpoint: findEndpoint(method, parts["name"] ?? ""),
    guestSpaceId: guestSpaceId === undefined ? undefined : Number(guestSpaceId),
    headers,
    queryString,
    body,
  };
  return { ...request, parameters: readParametersLeniently(request) };
}

function readPath(path: string): Readonly<Record<string, string | undefined>> {
  return (API_PATH.exec(path) ?? COMMON_PATH.exec(path))?.groups ?? {};
}

/** Answers a request as kintone would, errors included. */
export function answerRequest(domain: Domain, request: KintoneRequest): SandboxAnswer {
  if (request.path.length + request.queryString.length + 1 > MAX_URL_LENGTH)
    return { status: 414, body: "Request-URI Too Large" };
  if (!passesBasicAuth(domain, request.headers))
    return { status: 401, headers: { "www-authenticate": "Basic" }, body: "401 Authorization Required" };
  try {
    return serve(domain, request);
  } catch (error) {
    if (error instanceof KintoneApiError) return renderError(error, chooseLanguage(domain, request.headers));
    throw error;
  }
}

/** Renders a refusal in the language the request asks for. */
export function refuseRequest(
  domain: Domain,
  request: KintoneRequest,
  error: KintoneApiError,
): SandboxAnswer {
  return renderError(error, chooseLanguage(domain, request.headers));
}

function findEndpoint(method: string, name: string): Endpoint | DomainEndpoint | undefined {
  return ENDPOINTS[`${method} ${name}`] ?? DOMAIN_ENDPOINTS[`${method} ${name}`];
}

function serve(domain: Domain, request: KintoneRequest): SandboxAnswer {
  finishDeploys(domain);
  const { endpoint } = request;
  if (endpoint === undefined) throw pathNotFound();
  const parameters = readParameters(request);
  const actor = authenticate(domain, request.headers);
  return { status: 200, ...answerEndpoint(domain, endpoint, actor, parameters, request.guestSpaceId) };
}

function answerEndpoint(
  domain: Domain,
  endpoint: Endpoint | DomainEndpoint,
  actor: Actor,
  parameters: Parameters,
  guestSpaceId: number | undefined,
): Omit<SandboxAnswer, "status"> & { readonly status?: number } {
  const enter = (id: number, permissions: readonly Permission[], isPreview = false) => {
    const app = findApp(domain, id, isPreview);
    checkSpace(app, guestSpaceId);
    actor.require(app, permissions);
    return app;
  };
  if ("answerDomain" in endpoint) {
    const perform = (method: string, name: string, payload: Parameters) => {
      const inner = findEndpoint(method, name);
      if (inner === undefined) throw pathNotFound();
      return answerEndpoint(domain, inner, actor, payload, guestSpaceId).body;
    };
    return endpoint.answerDomain({ domain, actor, parameters, enter, perform });
  }
  const id = readId(parameters, endpoint.operation === "getApp" ? "id" : "app");
  const app = enter(id, endpoint.permissions, endpoint.isPreview);
  return endpoint.answer({ domain, app, actor, parameters });
}

function readParameters(request: Omit<KintoneRequest, "parameters">): Parameters {
  const fromQuery = parseQueryString(request.queryString);
  return request.body === "" ? fromQuery : { ...fromQuery, ...parseBody(request.body) };
}

function readParametersLeniently(request: Omit<KintoneRequest, "parameters">): Parameters {
  try {
    return readParameters(request);
  } catch {
    return {};
  }
}

function findApp(domain: Domain, id: number, isPreview: boolean): App {
  if (!isPreview) return findLiveApp(domain, id);
  const app = domain.apps.get(id);
  if (app === undefined) throw appNotFound(id);
  return app;
}

function checkSpace(app: App, guestSpaceId: number | undefined): void {
  if (app.seed.guestSpaceId === guestSpaceId) return;
  if (guestSpaceId !== undefined) throw notPermitted();
  throw new KintoneApiError(400, "GAIA_IL23", {
    ja: "ゲストスペース内のアプリを操作する場合は、リクエストの送信先を「/k/guest/（ゲストスペースのID）/v1/...」にします。",
    en: 'You need to send a request to the URL: "/k/guest/<Space ID>/v1/..." to execute apps in Guest Spaces.',
  });
}

function chooseLanguage(domain: Domain, headers: IncomingHttpHeaders): Language {
  const asked = /^(?:ja|en)\b/i.exec(headers["accept-language"] ?? "")?.[0].toLowerCase();
  if (asked === "ja" || asked === "en") return asked;
  return domain.seed.language ?? "ja";
}
