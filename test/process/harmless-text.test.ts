import { describe, expect, it } from "vitest";
import { disarmCommands, showControls } from "../../src/process/harmless-text.ts";
import { hostileTexts } from "../corpus/hostile-texts.ts";
import { findWorkflowCommands } from "../github/runner.ts";

describe("a hostile text in a log", () => {
  it.each(hostileTexts)("is no command of GitHub Actions or Azure Pipelines (text %#)", (text) => {
    const printed = disarmCommands(showControls(text));
    expect(findWorkflowCommands(printed)).toEqual([]);
    expect(printed).not.toMatch(/##(vso)?\[/iu);
  });
});
