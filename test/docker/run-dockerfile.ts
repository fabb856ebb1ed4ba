import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Instruction {
  readonly name: string;
  readonly text: string;
}

export interface Image {
  /** The folder that stands for `/`. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string;
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
  /** What a word of a command stands for outside the image. */
  readonly outside: (word: string) => string;
}

/** The instructions of a Dockerfile; lines that end in a backslash go on. */
export function readDockerfile(): readonly Instruction[] {
  const text = readFileSync(join(root, "docker/Dockerfile"), "utf8").replaceAll(/\\\n\s*/gu, " ");
  return text
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      const [name = "", ...words] = line.split(" ");
      return { name, text: words.join(" ") };
    });
}

/** The paths of the build context: what the ignore file does not take out. */
function contextPaths(): readonly string[] {
  const lines = readFileSync(join(root, "docker/Dockerfile.dockerignore"), "utf8").trim().split("\n");
  return lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1));
}

/**
 * Carries out the instructions of the Dockerfile in the folder, as far as a machine without a container engine can: every
 * stage is a folder of its own, COPY copies, RUN runs. Only `npm ci` is replaced, by the modules that are installed here.
 */
export function buildImage(folder: string): Image {
  const context = join(folder, "context");
  for (const path of contextPaths()) cpSync(join(root, path), join(context, path), { recursive: true });
  const stages = new Map<string, string>();
  let image = "";
  let workdir = "/";
  const settings = {
    environment: {} as Record<string, string>,
    user: "0",
    lists: {} as Record<string, string[]>,
  };
  const carryOut: Readonly<Record<string, (text: string) => void>> = {
    FROM: (text) => {
      const name = / AS (\S+)$/u.exec(text)?.[1] ?? "last";
      image = join(folder, name);
      stages.set(name, image);
      mkdirSync(image);
    },
    WORKDIR: (text) => {
      workdir = text;
      mkdirSync(join(image, text), { recursive: true });
    },
    COPY: (text) => {
      const words = text.split(" ").filter((word) => !word.startsWith("--chown="));
      const from = words[0]?.startsWith("--from=") ? stages.get(words.shift()?.slice(7) ?? "") : context;
      const target = words.pop() ?? "";
      const place = join(image, target.startsWith("/") ? target : join(workdir, target));
      for (const source of words) {
        const isInto = target.endsWith("/");
        cpSync(join(from ?? "", source), isInto ? join(place, basename(source)) : place, { recursive: true });
      }
    },
    RUN: (text) => {
      const cwd = join(image, workdir);
      if (text.startsWith("npm ci")) symlinkSync(join(root, "node_modules"), join(cwd, "node_modules"));
      else execFileSync("sh", ["-c", text], { cwd });
    },
    ENV: (text) => {
      for (const [, name = "", value = ""] of text.matchAll(/(\w+)=(\S+)/gu))
        settings.environment[name] = value;
    },
    USER: (text) => {
      settings.user = text;
    },
    HEALTHCHECK: (text) => {
      settings.lists["HEALTHCHECK"] = JSON.parse(text.slice(text.indexOf("CMD ") + 4)) as string[];
    },
    ENTRYPOINT: (text) => {
      settings.lists["ENTRYPOINT"] = JSON.parse(text) as string[];
    },
    CMD: (text) => {
      settings.lists["CMD"] = JSON.parse(text) as string[];
    },
    ARG: () => undefined,
    LABEL: () => undefined,
    EXPOSE: () => undefined,
  };
  for (const { name, text } of readDockerfile()) {
    const step = carryOut[name];
    if (step === undefined) throw new Error(`no way to carry out ${name}`);
    step(text);
  }
  const outside = (word: string): string => {
    if (word === "/nodejs/bin/node") return process.execPath;
    return word.startsWith("/") && existsSync(join(image, word)) ? join(image, word) : word;
  };
  return {
    folder: image,
    environment: settings.environment,
    user: settings.user,
    entrypoint: settings.lists["ENTRYPOINT"] ?? [],
    command: settings.lists["CMD"] ?? [],
    healthcheck: settings.lists["HEALTHCHECK"] ?? [],
    outside,
  };
}
