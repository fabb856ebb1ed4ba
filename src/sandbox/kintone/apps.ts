import type { DomainCall } from "./call.ts";
import { describeApp } from "./describe-app.ts";
import { createApp, type Domain } from "./kintone-domain.ts";
import { invalidParameter, KintoneApiError, type Message, notPermitted } from "./kintone-api-error.ts";
import type { SpaceSeed, UserSeed } from "./kintone-seed.ts";
import { readBoundedText, readCount, readId, readInteger, readList, readText } from "./request-parameters.ts";

const MAX_NAME = 64;
const MAX_PAGE = 100;
const NEEDS_SPACE: Message = {
  ja: "スペースも指定してください。",
  en: "A space is needed beside the thread.",
};

/** Makes an app that only its settings pages know until it is deployed. Throws CB_NO02 for tokens, CB_VA01. */
export function addApp({ domain, actor, parameters }: DomainCall): object {
  const person = requirePerson(actor.person);
  if (person.mayCreateApps === false) throw notPermitted();
  const name = readBoundedText(parameters, "name", { min: 1, max: MAX_NAME });
  const spaceId = readInteger(parameters, "space");
  const thread = readInteger(parameters, "thread");
  if (spaceId === undefined && thread !== undefined) throw invalidParameter("space", NEEDS_SPACE);
  const space = spaceId === undefined ? undefined : findSpace(domain, person, spaceId);
  const id = Math.max(0, ...domain.apps.keys()) + 1;
  const isGuest = space?.isGuest === true;
  const seed = {
    id,
    name,
    creator: person.code,
    fields: {},
    records: [],
    tokens: [],
    ...(space !== undefined && isGuest && { guestSpaceId: space.id }),
  };
  const app = createApp(
    domain,
    seed,
    space && { id: space.id, thread: thread ?? space.defaultThread, isGuest },
  );
  domain.apps.set(id, app);
  return { app: String(id), revision: String(app.revision) };
}

/** The apps that are live and that the person may see, ascending by id. Throws CB_NO02 for tokens. */
export function listApps({ domain, actor, parameters }: DomainCall): readonly object[] {
  requirePerson(actor.person);
  const limit = readCount(parameters, "limit", MAX_PAGE);
  if (limit > MAX_PAGE)
    throw invalidParameter("limit", { ja: "最大でも100以下です。", en: "must be less than or equal to 100" });
  const offset = readCount(parameters, "offset", 0);
  const codes = readList(parameters, "codes").map(String);
  const [ids, spaceIds] = ["ids", "spaceIds"].map((name) =>
    readList(parameters, name).map((id) => String(readId({ [name]: id }, name))),
  );
  const name = readText(parameters, "name", "").toLowerCase();
  const isAsked = (list: readonly string[] = [], value: unknown) =>
    list.length === 0 || list.includes(String(value));
  return [...domain.apps.values()]
    .filter((app) => app.liveRevision !== undefined && actor.may(app, ["view", "add", "manage"]))
    .filter((app) => isAsked(ids, app.seed.id) && isAsked(codes, app.seed.code))
    .filter((app) => isAsked(spaceIds, app.space?.id) && app.live.general.name.toLowerCase().includes(name))
    .sort((left, right) => left.seed.id - right.seed.id)
    .slice(offset, offset + limit)
    .map(describeApp);
}

/** A space, for its members. Throws CB_NO02 for tokens and strangers. */
export function readSpace({ domain, actor, parameters }: DomainCall): object {
  const space = findSpace(domain, requirePerson(actor.person), readId(parameters, "id"));
  const attached = [...domain.apps.values()].filter(
    (app) => app.space?.id === space.id && app.liveRevision !== undefined,
  );
  return {
    id: String(space.id),
    name: space.name,
    defaultThread: String(space.defaultThread),
    isPrivate: true,
    isGuest: space.isGuest === true,
    memberCount: String(space.members.length),
    useMultiThread: true,
    attachedApps: attached.map(describeApp),
    permissions: { createApp: "EVERYONE" },
  };
}

function requirePerson(person: UserSeed | undefined): UserSeed {
  if (person === undefined) throw notPermitted();
  return person;
}

function findSpace(domain: Domain, person: UserSeed, id: number): SpaceSeed {
  const space = domain.seed.spaces?.find((candidate) => candidate.id === id);
  if (space === undefined)
    throw new KintoneApiError(404, "GAIA_SP01", {
      ja: `指定したスペース（id: ${id}）が見つかりません。`,
      en: `The space (ID: ${id}) is not found.`,
    });
  if (!space.members.includes(person.code)) throw notPermitted();
  return space;
}
