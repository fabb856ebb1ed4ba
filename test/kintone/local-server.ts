import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { connect, type Socket } from "node:net";
import { fileURLToPath } from "node:url";

import { onTestFinished } from "vitest";

export const pfxPassword = "canary pfx+password/1";

export function fixturePath(name: string): string {
  return fileURLToPath(new URL(`../fixtures/tls/${name}`, import.meta.url));
}

export function readFixture(name: string): Buffer {
  return readFileSync(fixturePath(name));
}

/** Key and certificate of a server on localhost that asks its clients for theirs. */
export function serverTls() {
  return {
    key: readFixture("server.key.pem").toString(),
    cert: readFixture("server.cert.pem").toString(),
    ca: readFixture("ca.cert.pem").toString(),
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, "localhost", resolve);
  });
  // A tunnel is no longer an HTTP connection, so that the server would wait for it.
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => sockets.add(socket));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => {
      server.close(resolve);
    });
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** A plain HTTP server of the test's own; returns its base URL. */
export async function openServer(listener: RequestListener): Promise<string> {
  return `http://localhost:${await listen(createServer(listener))}`;
}

/** An HTTPS server that lets in only clients with a certificate; `connections` counts handshakes. */
export async function openTlsServer(listener: RequestListener) {
  const server = createHttpsServer({ ...serverTls(), requestCert: true, rejectUnauthorized: true }, listener);
  const counter = { connections: 0 };
  server.on("secureConnection", () => {
    counter.connections += 1;
  });
  return { url: `https://localhost:${await listen(server)}`, counter };
}

/** A proxy for CONNECT that finds every host on this machine and notes down what it was asked, or refuses. */
export async function openProxy(refusal?: string) {
  const asked: IncomingMessage[] = [];
  const server = createServer();
  server.on("connect", (request: IncomingMessage, socket, head: Buffer) => {
    asked.push(request);
    if (refusal !== undefined) {
      socket.end(`HTTP/1.1 ${refusal}\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const upstream = connect(Number(request.url?.split(":").at(-1)), "localhost", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    for (const side of [upstream, socket]) side.on("error", () => upstream.destroy());
  });
  return { host: `localhost:${await listen(server)}`, asked };
}

/** The base URL of a port where nobody listens. */
export async function unusedUrl(): Promise<string> {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "localhost", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : 0);
    });
  });
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return `http://localhost:${port}`;
}
