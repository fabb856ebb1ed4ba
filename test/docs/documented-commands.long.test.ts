import { expect, it } from "vitest";
import { sandboxEnvironment } from "../../src/commands/sandbox/sandbox-environment.ts";
import { companySeed } from "../../src/sandbox/company/company-seed.ts";
import { startSandbox } from "../../src/sandbox/start-sandbox.ts";
import { runCli } from "../e2e/run-cli.ts";
import { readPage } from "./read-page.ts";

/** What is not run here, with what tries it instead. */
const elsewhere: readonly (readonly [RegExp, string])[] = [
  [/^npm ci && npm run (demo|build)$/u, "the demo, and the bundle that all tests run"],
  [/^node dist\/cli\.js sandbox .*& sleep 3$/u, "this test's own sandbox"],
  [/^set -a && \. \.\/sandbox\.env && set \+a$/u, "this test's own environment"],
  [/^node dist\/cli\.js init$/u, "asks a person: test/e2e/init.e2e.test.ts"],
];

/** The commands of a page's code blocks, one a line, without their comments. */
function commandsOf(path: string): readonly string[] {
  return readPage(path)
    .code.filter(({ language }) => language === "sh")
    .flatMap(({ content }) =>
      content
        .replaceAll(/\\\n\s*/gu, " ")
        .trim()
        .split("\n"),
    )
    .map((line) => line.replace(/\s+#\s.*$/u, "").trim());
}

it.each(["README.md", "docs/get-started.md"])(
  "every command that %s shows does in the sandbox what it says",
  async (path) => {
    const sandbox = await startSandbox({ seed: companySeed(), speed: 200 });
    const environment: Readonly<Record<string, string>> = {
      ...sandboxEnvironment(sandbox),
      KINTONE_USERNAME: "sato.hanako",
      KINTONE_PASSWORD: "sandbox-password",
    };
    const run = async (command: string): Promise<unknown> => {
      const args = /^node dist\/cli\.js (.*)$/u.exec(command)?.[1]?.split(" ");
      if (args !== undefined) return (await runCli(args, { environment })).code;
      const [, address = "", body = ""] = /^curl -X PUT "(.*?)" .* -d '(.*)'$/u.exec(command) ?? [];
      const { status } = await fetch(
        address.replace("$KINTONE_BASE_URL", environment["KINTONE_BASE_URL"] ?? ""),
        {
          method: "PUT",
          headers: {
            "X-Cybozu-API-Token": environment["KINTONE_EDIT_TOKEN"] ?? "",
            "Content-Type": "application/json",
          },
          body,
        },
      );
      return status === 200 ? 0 : status;
    };
    const results: (readonly [string, unknown])[] = [];
    try {
      for (const command of commandsOf(path))
        if (!elsewhere.some(([pattern]) => pattern.test(command)))
          results.push([command, await run(command)]);
    } finally {
      await sandbox.close();
    }
    expect(results.length).toBeGreaterThan(2);
    expect(results.filter(([, code]) => code !== 0)).toEqual([]);
  },
);
