import { type Environment, isUnfilledMacro } from "../model/environment.ts";
import type { Clock } from "../ports.ts";
import { type Output, type ProcessFace, thisProcess } from "./process-face.ts";

/** Runs a program of ours in this process, which ends with its exit code once nothing is left to do. */
export async function runProgram(
  program: (face: ProcessFace) => Promise<number>,
  clock: Clock,
): Promise<void> {
  prepareProcess();
  const face = thisProcess(clock);
  try {
    process.exitCode = await program(face);
  } catch (error) {
    // Nothing expected ends here.
    sayUnexpected(error, face.stderr);
    process.exitCode = 1;
  }
}

/** What every program of ours wants of its process, before anything else is loaded. */
function prepareProcess(): void {
  // The bundle's SDK is the tested one; what later versions of it need is no news to who runs this one.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

  // What Azure DevOps did not fill in is not set, for the libraries that read the environment as well.
  for (const [name, value = ""] of Object.entries(process.env)) {
    if (isUnfilledMacro(value)) delete process.env[name];
  }

  // A reader that has gone away (`| head`, a log collector that died) must not end a pass that is writing.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}

/** Whether the environment has Node verify no certificate, and says so: then a machine in between gets every token and can answer for kintone and AWS. */
export function refusesUnverifiedTls(
  { environment, stderr }: { readonly environment: Environment; readonly stderr: Output },
  text: string,
): boolean {
  if (environment["NODE_TLS_REJECT_UNAUTHORIZED"] !== "0") return false;
  stderr.write(`${text}\n`);
  return true;
}

/** Where it happened. The message may quote anything, the frames of the stack only name our own code. */
function sayUnexpected(error: unknown, stderr: Output): void {
  const { name, stack } = error instanceof Error ? error : new Error("unknown");
  const frames = (stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  stderr.write(`kintone-sso-sync: unexpected error (${name}); please report it.\n${frames.join("\n")}\n`);
}
