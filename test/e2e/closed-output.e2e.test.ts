import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const bundle = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

it("a reader that goes away does not end a command that is under way", async () => {
  const child = spawn(process.execPath, [bundle, "demo"], { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.once("data", () => void child.stdout.destroy());
  let messages = "";
  child.stderr.on("data", (text) => void (messages += String(text)));
  const code = await new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  expect(messages).not.toContain("EPIPE");
  expect(code).toBe(0);
});
