import { addApp, listApps, readSpace } from "./apps.ts";
import { listUsers } from "./users.ts";
import { sendBulk } from "./bulk-request.ts";
import type { DomainCall } from "./call.ts";
import { dropCursor, openCursor, readCursor } from "./cursors.ts";
import { readDeployStatus, startDeploy } from "./deploy-app.ts";
import { appNotFound } from "./kintone-api-error.ts";
import type { App } from "./kintone-domain.ts";
import { readFlag, readId, readInteger, readList, readObjects, requiring } from "./request-parameters.ts";

/** An endpoint that is about no app, or about several. */
export interface DomainEndpoint {
  /** The name of the client's method. */
  readonly operation: string;
  readonly answerDomain: (call: DomainCall) => { readonly body: unknown; readonly status?: number };
}

/** The endpoints of the domain as a whole, by method and path. */
export const DOMAIN_ENDPOINTS: Readonly<Record<string, DomainEndpoint>> = {
  "POST preview/app.json": { operation: "addApp", answerDomain: (call) => ({ body: addApp(call) }) },
  "GET apps.json": { operation: "getApps", answerDomain: (call) => ({ body: { apps: listApps(call) } }) },
  "GET space.json": { operation: "getSpace", answerDomain: (call) => ({ body: readSpace(call) }) },
  "GET v1/users.json": {
    operation: "getUsers",
    answerDomain: (call) => ({ body: { users: listUsers(call) } }),
  },
  "POST preview/app/deploy.json": { operation: "deployApp", answerDomain: deploy },
  "GET preview/app/deploy.json": { operation: "getDeployStatus", answerDomain: readStatuses },
  "POST bulkRequest.json": { operation: "bulkRequest", answerDomain: sendBulk },
  "POST records/cursor.json": {
    operation: "createCursor",
    answerDomain: (call) => ({ body: openCursor(call) }),
  },
  "GET records/cursor.json": {
    operation: "getRecordsByCursor",
    answerDomain: (call) => ({ body: readCursor(call) }),
  },
  "DELETE records/cursor.json": {
    operation: "deleteCursor",
    answerDomain: (call) => ({ body: dropCursor(call) }),
  },
};

function deploy(call: DomainCall) {
  const { domain, parameters } = call;
  const targets = readObjects(parameters, "apps").map((sent) => ({
    app: findManaged(call, readId(sent, "app")),
    revision: readInteger(sent, "revision"),
  }));
  startDeploy(domain, targets, readFlag(parameters, "revert", false));
  return { body: {} };
}

function readStatuses(call: DomainCall) {
  const apps = readList(requiring(call.parameters, "apps"), "apps").map((id) =>
    findManaged(call, readId({ apps: id }, "apps")),
  );
  return {
    body: {
      apps: apps.map((app) => ({ app: String(app.seed.id), status: readDeployStatus(call.domain, app) })),
    },
  };
}

function findManaged({ domain, actor }: DomainCall, id: number): App {
  const app = domain.apps.get(id);
  if (app === undefined) throw appNotFound(id);
  actor.require(app, ["manage"]);
  return app;
}
