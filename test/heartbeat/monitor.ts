import fastify from "fastify";

export interface Monitor {
  readonly url: string;
  /** `POST /ping/abc/start`, in order. */
  readonly pings: readonly string[];
  close(): Promise<void>;
}

/** A monitor on the loopback interface that answers every ping with the status. */
export async function startMonitor(status = 200): Promise<Monitor> {
  const pings: string[] = [];
  const server = fastify({ forceCloseConnections: true });
  server.all("/*", async (request, reply) => {
    pings.push(`${request.method} ${request.url}`);
    return reply.code(status).send("OK");
  });
  const address = await server.listen({ host: "127.0.0.1", port: 0 });
  return { url: `${address}/ping/0f5f-secret`, pings, close: () => server.close() };
}
