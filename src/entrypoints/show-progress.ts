import type { Progress } from "../apply/apply-plan.ts";
import type { Terminal } from "./terminal.ts";

const barWidth = 30;
const lineEveryPercent = 10;

/** Shows how far the changes are: one bar that moves on a terminal, a plain line every tenth elsewhere. */
export function showProgress(terminal: Terminal): (progress: Progress) => void {
  let lastTenth = -1;
  return ({ finished, total, failed }) => {
    const percent = Math.floor((finished / total) * 100);
    const failures = failed === 0 ? "" : ` (✗ ${failed})`;
    if (terminal.isInteractive) {
      const filled = Math.round((percent / 100) * barWidth);
      const bar = "█".repeat(filled) + "░".repeat(barWidth - filled);
      process.stderr.write(`\r${bar} ${finished}/${total}${failures}${finished === total ? "\n" : ""}`);
      return;
    }
    const tenth = Math.floor(percent / lineEveryPercent);
    if (tenth === lastTenth) return;
    lastTenth = tenth;
    terminal.say(`${finished}/${total}${failures}`);
  };
}
