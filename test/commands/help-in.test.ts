import { describe, expect, it } from "vitest";
import { runCommandLine } from "../../src/commands/command-line.ts";
import { helpJa } from "../../src/words/help-ja.ts";
import { fakeProcess } from "../fake-process.ts";

async function helpOf(command: readonly string[], language: string): Promise<string> {
  const { face, stdout } = fakeProcess({ args: [...command, "--help", "--lang", language] });
  expect(await runCommandLine(face, "0.0.0")).toBe(0);
  return stdout();
}

/** The commands that a help lists. */
function commandsIn(help: string): readonly string[] {
  const [, list = ""] = /^Commands:\n(.*)/msu.exec(help) ?? [];
  return [...list.matchAll(/^ {2}([a-z]+)\b/gmu)].flatMap(([, name]) =>
    name === "help" ? [] : (name ?? []),
  );
}

async function allCommands(command: readonly string[] = []): Promise<readonly (readonly string[])[]> {
  const below = commandsIn(await helpOf(command, "en"));
  const found = await Promise.all(below.map((name) => allCommands([...command, name])));
  return [command, ...found.flat()];
}

/** Each option, argument and command with what is said of it, in one line. */
function entriesIn(help: string): readonly string[] {
  return help.split(/\n(?= {2}\S)|\n(?=\S)/u).filter((entry) => entry.startsWith("  "));
}

describe("--help", () => {
  it("says of every command, argument and option in Japanese what it is, and nothing that is not there", async () => {
    const commands = await allCommands();
    expect(commands.length).toBeGreaterThan(12);
    const english = new Set<string>();
    for (const command of commands) {
      const help = await helpOf(command, "ja");
      expect(help).toMatch(/^使い方: kintone-sso-sync/u);
      const foreign = entriesIn(help).filter((entry) => !/[ぁ-んァ-ヶ一-龠]/u.test(entry));
      expect([command, foreign]).toEqual([command, []]);
      english.add((await helpOf(command, "en")).replaceAll(/\s+/gu, " "));
    }
    const unused = Object.keys(helpJa).filter((text) => ![...english].some((help) => help.includes(text)));
    expect(unused).toEqual([]);
  });

  it("names in Japanese what may be given and what counts otherwise", async () => {
    expect(await helpOf([], "ja")).toContain("ログの形式（text、json。省略時は text）");
  });
});
