import type { DomainCall } from "./call.ts";
import type { App, StoredComment, StoredRecord } from "./kintone-domain.ts";
import {
  type Language,
  invalidParameter,
  KintoneApiError,
  NOT_AN_ENUM,
  renderError,
} from "./kintone-api-error.ts";
import { readObject, readObjects, readText, requiring } from "./request-parameters.ts";

const MAX_REQUESTS = 20;
const API = /^\/k\/(?:guest\/\d+\/)?v1\/(?<name>.+\.json)$/;
const ALLOWED = new Set([
  "POST record.json",
  "POST records.json",
  "PUT record.json",
  "PUT records.json",
  "DELETE records.json",
  "PUT record/status.json",
  "PUT records/status.json",
  "PUT record/assignees.json",
]);

/**
 * Carries out writes of records in any apps, all or none. When one is refused, the answer has its error in its place
 * and nothing in the places of the others.
 */
export function sendBulk(call: DomainCall): { status?: number; body: unknown } {
  const requests = readObjects(requiring(call.parameters, "requests"), "requests");
  if (requests.length > MAX_REQUESTS)
    throw invalidParameter("requests", {
      ja: "一度に20件までのリクエストを指定できます。",
      en: "A maximum of 20 requests can be specified at one time.",
    });
  const undo = keepRecords(call);
  const results: unknown[] = [];
  for (const [index, request] of requests.entries())
    try {
      const name = API.exec(readText(request, "api", ""))?.groups?.["name"] ?? "";
      const method = readText(request, "method", "");
      if (!ALLOWED.has(`${method} ${name}`)) throw invalidParameter(`requests[${index}].api`, NOT_AN_ENUM);
      results.push(call.perform(method, name, readObject(request, "payload")));
    } catch (error) {
      undo();
      if (!(error instanceof KintoneApiError)) throw error;
      const language: Language = call.domain.seed.language ?? "ja";
      const { body, status } = renderError(error, language);
      return { status, body: { results: requests.map((_, at) => (at === index ? body : {})) } };
    }
  return { body: { results } };
}

/** Takes note of all records and comments; what it returns puts them back. */
function keepRecords({ domain }: DomainCall): () => void {
  const kept = [...domain.apps.values()].map(
    (app): [App, [number, StoredRecord][], [number, StoredComment[]][]] => [
      app,
      [...app.records],
      [...app.comments],
    ],
  );
  return () => {
    for (const [app, records, comments] of kept) {
      refill(app.records, records);
      refill(app.comments, comments);
    }
  };
}

function refill<Value>(map: Map<number, Value>, entries: readonly [number, Value][]): void {
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}
