import fastify from "fastify";

/** One request, as `POST /issues/comments/77/reactions`, below the repository's address. */
export interface GithubRequest {
  readonly at: number;
  readonly call: string;
  readonly body: unknown;
}

export interface LoopbackGithub {
  readonly environment: Readonly<Record<string, string>>;
  readonly token: string;
  readonly requests: readonly GithubRequest[];
  /** Contents of the reactions on comments, in order. */
  readonly reactions: () => readonly string[];
  readonly replies: () => readonly string[];
  close(): Promise<void>;
}

export interface GithubOptions {
  /** What each user has; for all others GitHub says `none`. */
  readonly access?: Readonly<Record<string, { readonly permission: string; readonly role_name: string }>>;
  /** Numbers of the accounts that have these login names now; 911 otherwise, as in the events. */
  readonly ids?: Readonly<Record<string, number>>;
  /** Calls that match are answered with the status. */
  readonly failing?: { readonly call: RegExp; readonly status: number };
}

const token = "ghs_loopbackToken0123456789";
const repository = "example-corp/aws-access";

const now = "2026-11-20T09:00:00Z";
const invalid = { message: "Validation Failed", documentation_url: "https://docs.github.com/rest" };
/** https://docs.github.com/en/rest/reactions/reactions#about-reactions */
const reactionNames = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"];

function personOf(login: string, id: number, type: "User" | "Bot") {
  const url = `https://api.github.com/users/${login}`;
  const lists = ["followers", "following", "gists", "starred", "subscriptions", "repos", "events"];
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${id}`,
    gravatar_id: "",
    url,
    html_url: `https://github.com/${login}`,
    ...Object.fromEntries(lists.map((list) => [`${list}_url`, `${url}/${list}`])),
    organizations_url: `${url}/orgs`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
  };
}

const bot = personOf("github-actions[bot]", 41898282, "Bot");

function commentOf(issue: string, body: string) {
  return {
    id: 2,
    node_id: "IC_2",
    url: `https://api.github.com/repos/${repository}/issues/comments/2`,
    html_url: `https://github.com/${repository}/issues/${issue}#issuecomment-2`,
    issue_url: `https://api.github.com/repos/${repository}/issues/${issue}`,
    body,
    user: bot,
    created_at: now,
    updated_at: now,
    author_association: "NONE",
  };
}

/** The three endpoints of GitHub's REST API that commands use, on the loopback interface. */
export async function startGithub({
  access = {},
  ids = {},
  failing,
}: GithubOptions = {}): Promise<LoopbackGithub> {
  const requests: GithubRequest[] = [];
  const server = fastify({ forceCloseConnections: true });
  server.addHook("preHandler", async (request, reply) => {
    const call = `${request.method} ${request.url.replace(`/api/v3/repos/${repository}`, "")}`;
    requests.push({ at: Date.now(), call, body: request.body });
    if (request.headers.authorization !== `Bearer ${token}`)
      return reply.code(401).send({ message: "Bad credentials" });
    if (request.headers["user-agent"] === undefined) return reply.code(403).send({ message: "User-Agent" });
    if (failing?.call.test(call) === true) return reply.code(failing.status).send({ message: "no" });
    return undefined;
  });
  const root = `/api/v3/repos/${repository}`;
  server.post(`${root}/issues/comments/:id/reactions`, async ({ body }, reply) => {
    const { content } = (body ?? {}) as { readonly content?: unknown };
    if (!reactionNames.some((name) => name === content)) return reply.code(422).send(invalid);
    return reply.code(201).send({ id: 1, node_id: "REA_1", user: bot, content, created_at: now });
  });
  server.post(`${root}/issues/:number/comments`, async ({ body, params }, reply) => {
    const { body: text } = (body ?? {}) as { readonly body?: unknown };
    if (typeof text !== "string" || text === "") return reply.code(422).send(invalid);
    const { number } = params as { readonly number: string };
    return reply.code(201).send(commentOf(number, text));
  });
  server.get(`${root}/collaborators/:user/permission`, async (request) => {
    const { user } = request.params as { readonly user: string };
    const has = access[user] ?? { permission: "none", role_name: "none" };
    return { user: { ...personOf(user, ids[user] ?? 911, "User"), role_name: has.role_name }, ...has };
  });
  const address = await server.listen({ host: "127.0.0.1", port: 0 });
  const bodiesOf = (pattern: RegExp, field: string): readonly string[] =>
    requests
      .filter(({ call }) => pattern.test(call))
      .map(({ body }) => String((body as Readonly<Record<string, unknown>>)[field]));
  return {
    token,
    environment: {
      GITHUB_API_URL: `${address}/api/v3`,
      GITHUB_SERVER_URL: "https://github.example.com",
      GITHUB_REPOSITORY: repository,
      GITHUB_RUN_ID: "1234567890",
    },
    requests,
    reactions: () => bodiesOf(/reactions$/u, "content"),
    replies: () => bodiesOf(/^POST \/issues\/\d+\/comments$/u, "body"),
    close: () => server.close(),
  };
}
