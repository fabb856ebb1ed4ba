import fastify from "fastify";
import { describe, expect, it, onTestFinished } from "vitest";
import { createGithubApi } from "../../src/github/github-api.ts";

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly silent?: boolean;
}

/** GitHub that gives these answers in order, the last one again and again. */
async function github(...answers: readonly Answer[]) {
  const calls: string[] = [];
  const server = fastify({ forceCloseConnections: true });
  server.all("/*", async (request, reply) => {
    calls.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    const answer = answers[Math.min(calls.length, answers.length) - 1] ?? { status: 200 };
    if (answer.silent === true) {
      request.raw.destroy();
      return reply.hijack();
    }
    return reply
      .code(answer.status)
      .headers({ ...answer.headers })
      .send(answer.body ?? {});
  });
  const apiUrl = await server.listen({ host: "127.0.0.1", port: 0 });
  onTestFinished(() => server.close());
  const settings = { apiUrl: `${apiUrl}/`, repository: "o/r", token: "ghs_token", retryWaitMs: 1 };
  return { api: createGithubApi(settings), calls };
}

const busy = { status: 502 };
const limited = { status: 403, headers: { "retry-after": "0" } };
const fine = { status: 201 };

describe("GitHub's API", () => {
  it("is asked below the repository, with the token, and a name cannot lead elsewhere", async () => {
    const { api, calls } = await github({
      status: 200,
      body: { permission: "read", role_name: "triage", user: { id: 911 } },
    });
    expect(await api.readAccess("../../orgs/x")).toEqual({
      permission: "read",
      roleName: "triage",
      userId: 911,
    });
    expect(calls).toEqual(["GET /repos/o/r/collaborators/..%2F..%2Forgs%2Fx/permission Bearer ghs_token"]);
  });

  it("is asked again when it is busy or limits, and three times at most", async () => {
    const recovering = await github(busy, limited, fine);
    await recovering.api.addReaction(7, "eyes");
    expect(recovering.calls).toHaveLength(3);
    const down = await github(busy);
    await expect(down.api.addReaction(7, "eyes")).rejects.toThrow(/^HTTP 502$/u);
    expect(down.calls).toHaveLength(3);
  });

  it("is not asked again for what it refuses", async () => {
    const { api, calls } = await github({ status: 403 });
    await expect(api.readAccess("hanako")).rejects.toThrow(/^HTTP 403$/u);
    expect(calls).toHaveLength(1);
    const patient = await github({ status: 429, headers: { "retry-after": "3600" } });
    await expect(patient.api.addReaction(7, "eyes")).rejects.toThrow(/^HTTP 429$/u);
    expect(patient.calls).toHaveLength(1);
  });

  it("gets a reply once: again only where it has surely not taken it", async () => {
    const limiting = await github(limited, fine);
    await limiting.api.postComment(42, "text");
    expect(limiting.calls).toHaveLength(2);
    const unsure = await github(busy, fine);
    await expect(unsure.api.postComment(42, "text")).rejects.toThrow(/^HTTP 502$/u);
    expect(unsure.calls).toHaveLength(1);
    const silent = await github({ status: 0, silent: true }, fine);
    await expect(silent.api.postComment(42, "text")).rejects.toThrow(/^[\w ]+$/u);
    expect(silent.calls).toHaveLength(1);
  });

  it("names no permission when its answer is another than expected", async () => {
    const { api } = await github({ status: 200, body: { permission: "write" } });
    await expect(api.readAccess("hanako")).rejects.toThrow(/names no permission/u);
  });
});
