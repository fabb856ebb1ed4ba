import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { versionOf } from "./run-tool.ts";

/** moto's version; undefined when it is not installed. */
export function motoVersion(): Promise<string | undefined> {
  return versionOf("python3", ["-c", "import moto; print('moto', moto.__version__)"]);
}

/** Runs moto's server while it is used. */
export async function withMoto<Result>(use: (url: string) => Promise<Result>): Promise<Result> {
  const port = await freePort();
  const server = spawn("python3", ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], {
    stdio: "ignore",
  });
  try {
    const url = `http://127.0.0.1:${port}`;
    await reachable(url);
    return await use(url);
  } finally {
    // It would wait for the connections that clients keep open.
    server.kill("SIGKILL");
  }
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

async function reachable(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await wait(100);
  }
  throw new Error("moto's server does not answer.");
}
