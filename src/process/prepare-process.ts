import { isUnfilledMacro } from "../model/environment.ts";

/** What every program of ours wants of its process, before anything else is loaded. */
export function prepareProcess(): void {
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

/** Ends the program when the environment has Node verify no certificate: then anybody in between gets every token and can answer for kintone and AWS. */
export function refuseUnverifiedTls(text: string): void {
  if (process.env["NODE_TLS_REJECT_UNAUTHORIZED"] !== "0") return;
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

/** Ends with 1 and where it happened. The message may quote anything, the frames of the stack only name our own code. */
export function failUnexpectedly(error: unknown): void {
  const { name, stack } = error instanceof Error ? error : new Error("unknown");
  const frames = (stack ?? "").split("\n").filter((line) => line.startsWith("    at "));
  process.stderr.write(
    `kintone-sso-sync: unexpected error (${name}); please report it.\n${frames.join("\n")}\n`,
  );
  process.exitCode = 1;
}
