import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { refusedImports } from "../../scripts/check-imports.ts";
import { rooms } from "../../scripts/rooms.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const names = Object.keys(rooms);
const fileIn = (room: string): string => (room.endsWith(".ts") ? room : `${room}/planted.ts`);

test("every folder and file of src/ has its rule", async () => {
  const found = await readdir(join(root, "src"));
  expect(found.filter((name) => name !== "README.md").toSorted()).toStrictEqual(names.toSorted());
});

test.for(names)("what the rule does not list is refused in %s", (room) => {
  const file = fileIn(room);
  const up = room.endsWith(".ts") ? "./" : "../";
  const other = room === "commands" ? "records" : "commands";
  const planted = [
    `import "node:child_process";`,
    `import type { Anything } from "left-pad/deep";`,
    `export { anything } from "${up}${room === "words" ? "sandbox" : other}/anything.ts";`,
    `await import("${up}../scripts/anything.ts");`,
    "await import(`node:${name}`);",
  ];
  const letThrough = planted.filter((line) => refusedImports(file, line).length !== 1);
  expect(letThrough).toStrictEqual([]);
});

test("what the rule lists is let through, also from a folder inside", () => {
  const source = `import { a } from "../../model/a.ts"; import b from "./b.ts"; import "../b.ts";`;
  expect(refusedImports("plan/guards/planted.ts", source)).toStrictEqual([]);
});

test("a folder without a rule may import nothing", () => {
  expect(refusedImports("utils/planted.ts", "export const a = 1;")).toHaveLength(1);
});

describe("globals", () => {
  let folder = "";
  let refused = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "planted-"));
    await copyFile(join(root, ".oxlintrc.json"), join(folder, ".oxlintrc.json"));
    await Promise.all(
      names.map(async (room) => {
        const file = join(folder, "src", fileIn(room));
        await mkdir(dirname(file), { recursive: true });
        const used = ["process.env", "Date.now()", "fetch(url)", "console.log(text)", "globalThis.process"];
        await writeFile(file, used.map((global, line) => `export const a${line} = ${global};\n`).join(""));
      }),
    );
    const lint = join(root, "node_modules/.bin/oxlint");
    refused = await new Promise((resolve) => {
      execFile(lint, ["--format", "unix"], { cwd: folder }, (_, stdout) => resolve(stdout));
    });
  });
  afterAll(() => rm(folder, { recursive: true }));

  const clocks = new Set(["kintone", "aws", "wiring", "sandbox"]);
  const processes = new Set(["process"]);
  const fetchers = new Set(["network"]);

  test.for(names)("no global but its own is let through in %s", (room) => {
    const lines = refused.split("\n").filter((line) => line.includes(`src/${fileIn(room)}:`));
    const isRefused = (name: string): boolean =>
      lines.some((line) => line.includes("no-restricted") && line.includes(name));
    expect({
      console: isRefused("'console'"),
      everything: isRefused("'globalThis'"),
      process: isRefused("'process'"),
      clock: isRefused("Date.now"),
      network: isRefused("'fetch'"),
    }).toStrictEqual({
      console: true,
      everything: true,
      process: !processes.has(room),
      clock: !clocks.has(room),
      network: !fetchers.has(room),
    });
  });
});
