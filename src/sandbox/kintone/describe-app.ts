import type { App } from "./kintone-domain.ts";

const MADE_AT = "2026-04-01T00:00:00.000Z";

/** The answer of app.json. */
export function describeApp(app: App): object {
  const { id, code = "" } = app.seed;
  const { name, description } = app.live.general;
  return {
    appId: String(id),
    code,
    name,
    description,
    createdAt: MADE_AT,
    creator: app.creator,
    modifiedAt: MADE_AT,
    modifier: app.creator,
    spaceId: app.space === undefined ? null : String(app.space.id),
    threadId: app.space === undefined ? null : String(app.space.thread),
  };
}
