import { runProgram } from "../../process/prepare-process.ts";
import { systemClock } from "../../wiring/clocks.ts";
import { inputEnvironment } from "./action-inputs.ts";
import { runAction } from "./run-action.ts";

/*
 * The GitHub action. What is imported before it comes to a pass needs no dependency, so that the parts `receive` and
 * `reply` also run from the sources (`node src/commands/action/action.ts` on Node 24), where nothing is installed or built.
 */
await runProgram((face) => {
  // The SDK's own credential chain knows no other environment than the process's.
  Object.assign(process.env, inputEnvironment(face.environment));
  return runAction(face);
}, systemClock);
