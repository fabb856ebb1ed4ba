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
  server.post(`${root}/issues/comments/:id/reactions`, async (_request, reply) =>
    reply.code(201).send({ id: 1, content: "eyes" }),
  );
  server.post(`${root}/issues/:number/comments`, async (_request, reply) => reply.code(201).send({ id: 2 }));
  server.get(`${root}/collaborators/:user/permission`, async (request) => {
    const { user } = request.params as { readonly user: string };
    return {
      user: { login: user, id: ids[user] ?? 911 },
      ...(access[user] ?? { permission: "none", role_name: "none" }),
    };
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
