import type { ForeignTool } from "./foreign-tool.ts";
import { endedWith, runTool, versionOf } from "./run-tool.ts";

/** cfn-lint over the template of the role. */
export const cfnLint: ForeignTool = {
  name: "cfn-lint",
  version: () => versionOf("cfn-lint", ["--version"]),
  run: async () => [
    {
      name: "cfn-lint of the template of the role",
      problems: endedWith(0, await runTool("cfn-lint", ["infra/aws-role.yaml"])),
    },
  ],
};
