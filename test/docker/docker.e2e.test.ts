import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";

import { problemsOf } from "../config/loading.ts";
import { type Image, buildImage, readDockerfile, root } from "./run-dockerfile.ts";

const version = (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { readonly version: string })
  .version;
const composeFile = () =>
  parse(readFileSync(join(root, "docker/compose.yaml"), "utf8"), { merge: true }) as {
    readonly services: Readonly<Record<"sandbox" | "serve", ComposeService>>;
  };

interface ComposeService {
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly read_only: boolean;
  readonly cap_drop: readonly string[];
  readonly security_opt: readonly string[];
  readonly network_mode?: string;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly depends_on?: unknown;
}

/** Ports that no other test and no sandbox of a developer uses. */
const servePort = 28_080;
const sandboxPort = 28_787;

let folder: string;
let image: Image;
const running: ChildProcess[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "image-under-test-"));
  image = buildImage(folder);
}, 120_000);

afterAll(() => {
  for (const child of running) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const environmentOf = (more: Readonly<Record<string, string>> = {}) => ({
  PATH: "/nowhere",
  HOME: "/nowhere",
  ...image.environment,
  KINTONE_SSO_SYNC_SERVE_PORT: String(servePort),
  ...more,
});

function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess {
  const [program = "", ...words] = [...image.entrypoint, ...args].map(image.outside);
  const child = spawn(program, words, {
    cwd: join(image.folder, "app"),
    env: environmentOf(environment),
    stdio: ["ignore", "pipe", "pipe"],
  });
  running.push(child);
  return child;
}

const isHealthy = (): boolean => {
  const [program = "", ...words] = image.healthcheck.map(image.outside);
  return spawnSync(program, words, { env: environmentOf() }).status === 0;
};

function listFiles(): readonly string[] {
  return readdirSync(image.folder, { recursive: true }).map(String).sort();
}

describe("the image", () => {
  test("holds the bundle and nothing that was only needed to build it", () => {
    expect(readdirSync(join(image.folder, "app")).sort()).toEqual(["LICENSE", "dist", "package.json"]);
  });

  test("answers --version", () => {
    const [program = "", ...words] = [...image.entrypoint, "--version"].map(image.outside);
    expect(execFileSync(program, words, { env: environmentOf(), encoding: "utf8" })).toBe(`${version}\n`);
  });

  test("is pinned by digest, is no one's root, and says what it is", () => {
    const instructions = readDockerfile();
    const bases = instructions.filter(({ name }) => name === "FROM").map(({ text }) => text);
    expect(bases).toHaveLength(2);
    for (const base of bases)
      expect(base).toMatch(/^\S+:\S*(?:24|nonroot)\S*@sha256:[0-9a-f]{64}( AS \w+)?$/u);
    expect(image.user).toMatch(/^[1-9]\d*:[1-9]\d*$/u);
    const label = instructions.find(({ name }) => name === "LABEL")?.text ?? "";
    for (const key of ["title", "description", "licenses", "version", "revision", "source"])
      expect(label).toContain(`org.opencontainers.image.${key}=`);
    expect(instructions).toContainEqual({ name: "ARG", text: `VERSION=${version}` });
  });

  test("serves against the sandbox, is healthy while it does, and writes nothing to its file system", async () => {
    const before = listFiles();
    const sandbox = start(["sandbox", "--host", "0.0.0.0", "--port", String(sandboxPort)]);
    const printed = await firstOutput(sandbox);
    const { KINTONE_EDIT_TOKEN: _editing, ...environment } = Object.fromEntries<string>(
      [...printed.matchAll(/^export (\w+)='(.*)'$/gmu)].map(([, name = "", value = ""]) => [name, value]),
    );
    expect(isHealthy()).toBe(false);
    const serve = start(image.command, environment);
    while (!isHealthy()) await wait(50);
    expect((await fetch(`http://127.0.0.1:${servePort}/readyz`)).status).toBe(503);
    serve.kill("SIGTERM");
    const code = await new Promise((resolve) => {
      serve.once("close", resolve);
    });
    sandbox.kill("SIGTERM");
    expect(code).toBe(0);
    expect(isHealthy()).toBe(false);
    expect(listFiles()).toEqual(before);
  }, 120_000);
});

function firstOutput({ stdout }: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    stdout?.on("data", (data) => {
      text += String(data);
      if (text.includes("USER_TEMPLATE")) resolve(text);
    });
  });
}

describe("compose.yaml", () => {
  test("gives serve the environment that the sandbox prints, but for the token that edits records, and a webhook token and a memory on a volume with a name", async () => {
    const { sandbox, serve } = composeFile().services;
    const command = sandbox.command.map((word) => (word === "8787" ? String(sandboxPort + 10) : word));
    const child = start(command);
    const printed = await firstOutput(child);
    child.kill("SIGTERM");
    const { KINTONE_EDIT_TOKEN: _editing, ...environment } = Object.fromEntries<string>(
      [...printed.matchAll(/^export (\w+)='(.*)'$/gmu)].map(([, name = "", value = ""]) => [
        name,
        value.replace(/:28(7\d\d)/u, (_match, digits: string) => `:8${Number(digits) - 10}`),
      ]),
    );
    const given = serve.environment ?? {};
    const { KINTONE_SSO_SYNC_WEBHOOK_TOKEN: token, KINTONE_SSO_SYNC_MEMORY: memory, ...rest } = given;
    expect(rest).toEqual(environment);
    const [name = "", folder = ""] = serve.volumes?.[0]?.split(":") ?? [];
    expect(memory).toBe(`${folder}/memory.json`);
    expect(name).not.toContain("/");
    expect(listFiles()).toContain(folder.slice(1));
    expect(token?.length).toBeGreaterThanOrEqual(20);
  });

  test("runs both with a read-only file system, without capabilities, on this machine's own addresses only", () => {
    const { sandbox, serve } = composeFile().services;
    for (const service of [sandbox, serve]) {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ["ALL"],
        security_opt: ["no-new-privileges:true"],
        tmpfs: ["/tmp"],
      });
    }
    expect(sandbox.ports?.every((port) => port.startsWith("127.0.0.1:"))).toBe(true);
    expect(serve).toMatchObject({
      network_mode: "service:sandbox",
      depends_on: { sandbox: { condition: "service_healthy" } },
    });
    expect(sandbox.healthcheck?.test.slice(0, 2)).toEqual(["CMD", image.entrypoint[0]]);
  });
});

describe("the Kubernetes CronJob", () => {
  const documents = (): readonly Record<string, unknown>[] =>
    parseAllDocuments(readFileSync(join(root, "docker/kubernetes/cronjob.yaml"), "utf8")).map((document) => {
      expect(document.errors).toEqual([]);
      return document.toJS() as Record<string, unknown>;
    });

  test("never runs two passes at once and leaves the retry to the next one", () => {
    const job = documents().find(({ kind }) => kind === "CronJob");
    expect(job).toMatchObject({
      apiVersion: "batch/v1",
      spec: {
        concurrencyPolicy: "Forbid",
        startingDeadlineSeconds: 300,
        jobTemplate: { spec: { backoffLimit: 0, template: { spec: { restartPolicy: "Never" } } } },
      },
    });
  });

  test("runs without root, without capabilities, on a read-only file system, with its secrets in files", () => {
    const job = documents().find(({ kind }) => kind === "CronJob") as {
      spec: { jobTemplate: { spec: { template: { spec: PodSpec } } } };
    };
    const pod = job.spec.jobTemplate.spec.template.spec;
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, runAsUser: Number(image.user.split(":")[0]) },
    });
    const [container] = pod.containers;
    expect(container).toMatchObject({
      image: `kintone-sso-sync:${version}`,
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ["ALL"] },
      },
      resources: { requests: { memory: "128Mi" }, limits: { memory: "512Mi" } },
    });
    expect(container?.env.map(({ name }) => name)).toEqual([
      "KINTONE_API_TOKEN_FILE",
      "SLACK_BOT_TOKEN_FILE",
    ]);
    const volumes = new Set(pod.volumes.map(({ name }) => name));
    expect(container?.volumeMounts.every(({ name }) => volumes.has(name))).toBe(true);
  });

  test("has a configuration that holds, with the secrets it names", () => {
    const map = documents().find(({ kind }) => kind === "ConfigMap") as { data: Record<string, string> };
    const environment = { KINTONE_API_TOKEN: "token", SLACK_BOT_TOKEN: "xoxb-token" };
    expect(problemsOf({ text: map.data["kintone-sso-sync.yaml"] ?? "", environment })).toEqual([]);
  });
});

interface PodSpec {
  readonly containers: readonly {
    readonly env: readonly { readonly name: string }[];
    readonly volumeMounts: readonly { readonly name: string }[];
  }[];
  readonly volumes: readonly { readonly name: string }[];
}
