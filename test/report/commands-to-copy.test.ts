import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { adoptCommand, approveCommand } from "../../src/report/commands-to-copy.ts";

const code = "0123456789abcdef0123-ht9z0";

/** The arguments that a shell makes of the command. */
function argumentsOf(command: string): readonly string[] {
  const echoed = command.replace(/^kintone-sso-sync /u, "printf '%s\\n' ");
  return execFileSync("sh", ["-c", echoed], { encoding: "utf8" }).trimEnd().split("\n");
}

describe("the command that approves a refused plan", () => {
  it("is short where nothing was given", () => {
    expect(approveCommand(code, {}, undefined)).toBe(`kintone-sso-sync sync --approve ${code}`);
  });

  it("repeats the options that the refused pass was started with", () => {
    const given = { config: "conf/c.yaml", audit: "audit.jsonl", full: true, lang: "ja" } as const;
    expect(approveCommand(code, given, "assignments")).toBe(
      `kintone-sso-sync sync --approve ${code} --only assignments --config conf/c.yaml --audit audit.jsonl --full --lang ja`,
    );
  });

  it("is the same to a shell whatever the paths hold", () => {
    const config = '/etc/it\'s $HOME; `id` "(prod)".yaml';
    const command = approveCommand(code, { config, audit: "監査.jsonl" }, undefined);
    const wanted = ["sync", "--approve", code, "--config", config, "--audit", "監査.jsonl"];
    expect(argumentsOf(command)).toEqual(wanted);
  });

  it("is one line whatever the paths hold", () => {
    expect(approveCommand(code, { config: "a\n::error::b" }, undefined)).not.toContain("\n");
  });
});

describe("the command that takes permission sets over", () => {
  it("repeats the options that adopt was started with", () => {
    expect(adoptCommand(["ReadOnly", "Audit"], { config: "c d.yaml", lang: "en" })).toBe(
      "kintone-sso-sync adopt ReadOnly Audit --yes --config 'c d.yaml' --lang en",
    );
  });
});
