import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readDockerfile } from "../docker/run-dockerfile.ts";
import { readWorkflow } from "./read-workflow.ts";

const { jobs } = readWorkflow("release.yml");
const { version, files } = JSON.parse(readFileSync("package.json", "utf8")) as {
  readonly version: string;
  readonly files: readonly string[];
};
const folder = mkdtempSync(join(tmpdir(), "release-under-test-"));
const checkout = join(folder, "checkout");
const log = join(folder, "calls");
const expressions: Readonly<Record<string, string>> = {
  "${{ inputs.version }}": version,
  "${{ github.token }}": "token-of-the-job",
};

const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: checkout, encoding: "utf8" });

/** What a runner has besides: programs that write down what they are asked for. */
function addProgram(name: string, more = ""): void {
  const path = join(folder, "bin", name);
  writeFileSync(path, `#!/usr/bin/env bash\nprintf '%s\\n' "${name} $*" >> "${log}"\n${more}\n`);
  chmodSync(path, 0o755);
}

/** Runs the scripts of a job one after the other, as a runner does. */
function runJob(name: string): void {
  for (const { run, env = {} } of jobs[name]?.steps ?? []) {
    if (run === undefined) continue;
    const given = Object.entries(env).map(([key, value]) => [key, expressions[value] ?? value]);
    execFileSync("bash", ["-e", "-o", "pipefail", "-c", run], {
      cwd: checkout,
      env: {
        PATH: `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`,
        HOME: folder,
        GITHUB_REPOSITORY: "Acme/aws-access",
        GITHUB_ACTOR: "octo",
        GITHUB_SHA: "0".repeat(40),
        GITHUB_OUTPUT: join(folder, "output"),
        ...Object.fromEntries(given),
      },
    });
  }
}

beforeAll(() => {
  mkdirSync(join(folder, "bin"));
  addProgram("gh");
  addProgram(
    "docker",
    `case "$*" in *buildx\\ build*) echo '{"containerimage.digest":"sha256:abc"}' > metadata.json;; esac`,
  );
  execFileSync("git", ["init", "--quiet", "--bare", join(folder, "remote")]);
  execFileSync("git", ["init", "--quiet", "--initial-branch", "main", checkout]);
  for (const path of [...files, "scripts", "docker", "package.json", "action.yml"])
    if (path !== "dist") cpSync(path, join(checkout, path), { recursive: true });
  writeFileSync(join(checkout, ".gitignore"), "dist/\n");
  git("remote", "add", "origin", join(folder, "remote"));
  git("add", "--all");
  git("-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "Begin");
  git("push", "--quiet", "origin", "main");
  for (const copy of ["dist", "dist-again"]) cpSync("dist", join(checkout, copy), { recursive: true });
  runJob("publish");
  cpSync("dist", join(checkout, "image/build/dist"), { recursive: true });
  runJob("image");
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a release, with everything but the services themselves", () => {
  it("tags a commit that has the bundle, and puts it on no branch", () => {
    const remote = (...args: readonly string[]) =>
      execFileSync("git", ["--git-dir", join(folder, "remote"), ...args], { encoding: "utf8" });
    expect(remote("ls-tree", "--name-only", `v${version}`, "dist/")).toContain("dist/cli.js");
    expect(remote("branch", "--contains", `v${version}`)).toBe("");
    expect(remote("ls-tree", "--name-only", "main", "dist/")).toBe("");
  });

  it("makes a draft with the notes of the version, the files and checksums that are theirs", () => {
    const calls = readFileSync(log, "utf8");
    expect(calls).toMatch(
      new RegExp(`^gh release create v${version} --draft --verify-tag --notes-file notes.md`, "mu"),
    );
    expect(readFileSync(join(checkout, "notes.md"), "utf8")).toContain("### Added");
    const sums = readFileSync(join(checkout, "release/SHA256SUMS"), "utf8").trim().split("\n");
    expect(sums).toHaveLength(2);
    for (const line of sums) {
      const [sum = "", file = ""] = line.split(/\s+/u);
      const content = readFileSync(join(checkout, "release", file));
      expect(createHash("sha256").update(content).digest("hex")).toBe(sum);
      expect(calls).toContain(`release/${file}`);
    }
  });

  it("packs the bundle for npm without a dependency or a script, and says from which repository it is", () => {
    const packed = JSON.parse(readFileSync(join(checkout, "package/package.json"), "utf8")) as object;
    expect(packed).toMatchObject({
      version,
      bin: { "kintone-sso-sync": "dist/cli.js" },
      repository: { type: "git", url: "git+https://github.com/Acme/aws-access.git" },
    });
    expect(Object.keys(packed).filter((key) => /scripts|ependencies|overrides/u.test(key))).toEqual([]);
    const list = execFileSync("tar", ["tzf", join(checkout, `release/kintone-sso-sync-${version}-npm.tgz`)], {
      encoding: "utf8",
    });
    expect(list).toContain("package/dist/cli.js");
    expect(list).not.toContain("node_modules");
  });

  it("puts the very bundle into an image for both processors, with SBOM and provenance, and runs nothing in it", () => {
    const build = /^docker buildx build .*$/mu.exec(readFileSync(log, "utf8"))?.[0] ?? "";
    expect(build).toContain("--platform linux/amd64,linux/arm64");
    expect(build).toContain("--provenance=mode=max --sbom=true");
    expect(build).toContain(`--tag ghcr.io/acme/aws-access:${version}`);
    // The named context stands for the first stage: these are the paths that the second one copies from it.
    expect(build).toContain("--build-context build=image");
    const instructions = readDockerfile();
    const last = instructions.slice(instructions.findLastIndex(({ name }) => name === "FROM"));
    expect(last.some(({ name }) => name === "RUN")).toBe(false);
    for (const { text } of last.filter(({ text: words }) => words.startsWith("--from=build")))
      for (const path of text.split(" ").filter((word) => word.startsWith("/build/")))
        expect(existsSync(join(checkout, "image", path))).toBe(true);
    expect(readFileSync(join(folder, "output"), "utf8")).toContain("digest=sha256:abc");
  });

  it("is refused for a version that the change notes do not tell of", () => {
    expect(() => execFileSync("node", ["scripts/release-notes.mjs", "99.0.0"], { stdio: "pipe" })).toThrow(
      /no entry for 99\.0\.0/u,
    );
  });
});
