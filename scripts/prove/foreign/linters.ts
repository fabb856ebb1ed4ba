import { createPassMetrics } from "../../../src/commands/serve/pass-metrics.ts";
import type { ForeignTool } from "./foreign-tool.ts";
import { endedWith, runTool, versionOf } from "./run-tool.ts";

/** Prometheus' own tool over the alert rules, and over what `serve` shows it. */
export const promtool: ForeignTool = {
  name: "promtool",
  version: () => versionOf("promtool", ["--version"]),
  run: async () => {
    const input = await createPassMetrics({ permissionSets: 10, assignments: 11 }, "1.2.3").render();
    const rules = await runTool("promtool", ["check", "rules", "infra/monitoring/alerts.yaml"]);
    return [
      { name: "promtool check rules", problems: endedWith(0, rules) },
      {
        name: "promtool check metrics",
        problems: endedWith(0, await runTool("promtool", ["check", "metrics"], { input })),
      },
    ];
  },
};

/** zizmor over the workflows and the action, without asking GitHub anything. */
export const zizmor: ForeignTool = {
  name: "zizmor",
  version: () => versionOf("zizmor", ["--version"]),
  run: async () => [
    {
      name: "zizmor of the workflows and the action",
      problems: endedWith(0, await runTool("zizmor", ["--offline", ".github/workflows", "action.yml"])),
    },
  ],
};
