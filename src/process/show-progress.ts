import type { Messages } from "./terminal.ts";
import type { Progress } from "../apply/apply-plan.ts";
import type { Output } from "./process-face.ts";

const barWidth = 30;
const lineEveryPercent = 10;

/** Shows how far the changes are: one bar that moves on a terminal, a plain line every tenth elsewhere. */
export function showProgress(terminal: Messages, stderr: Output): (progress: Progress) => void {
  let lastTenth = -1;
  let lastLength = 0;
  return ({ finished, total, failed, remainingMs }) => {
    const percent = Math.floor((finished / total) * 100);
    const failures = failed === 0 ? "" : ` (✗ ${failed})`;
    const rest = `${failures}${timeLeft(remainingMs)}`;
    if (terminal.isInteractive) {
      const filled = Math.round((percent / 100) * barWidth);
      const bar = "█".repeat(filled) + "░".repeat(barWidth - filled);
      const line = `${bar} ${finished}/${total}${rest}`;
      // A shorter line must leave nothing of a longer one behind.
      stderr.write(`\r${line.padEnd(lastLength)}${finished === total ? "\n" : ""}`);
      lastLength = line.length;
      return;
    }
    const tenth = Math.floor(percent / lineEveryPercent);
    if (tenth === lastTenth) return;
    lastTenth = tenth;
    terminal.say(`${finished}/${total}${rest}`);
  };
}

/** Minutes and seconds, where it is worth saying. */
export function timeLeft(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 10) return "";
  return ` ≈ ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
