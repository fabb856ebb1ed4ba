import { Option } from "commander";
import type { Selection } from "../../model/pass.ts";
import { type CommandLine, parseCode, parseReportFile } from "../command-options.ts";

interface PassFlags {
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly full?: boolean;
  readonly verbose?: boolean;
  readonly out?: string;
}

interface PlanOptions extends PassFlags {
  readonly exitCode?: boolean;
}

interface SyncOptions extends PassFlags {
  readonly approve?: string;
  readonly audit?: string;
  readonly only?: Selection;
  readonly yes?: boolean;
}

const outHelp = "write it as a page (.html) or as Markdown (.md) to this file, besides printing it";

/** Declares `plan`. */
export function addPlan({ program, run, face, texts }: CommandLine): void {
  program
    .command("plan")
    .description("read, validate, compare and print; writes nothing anywhere")
    .option("--exit-code", "exit with 2 when there are changes")
    .option("--full", "read all of Identity Center, whatever was read before")
    .option("--json", "print the run report as one JSON document")
    .option("--strict", "exit with 4 when records have issues")
    .option("--verbose", "every name, every line and every operation of AWS")
    .option("--out <file>", outHelp, parseReportFile(texts))
    .action((options: PlanOptions) =>
      run(async (globals) => {
        const { runPassCommand } = await import("./pass-command.ts");
        const { exitCode } = await runPassCommand(face, globals, {
          mode: "plan",
          json: options.json === true,
          strict: options.strict === true,
          changesAreTwo: options.exitCode === true,
          ...(options.out === undefined ? {} : { out: options.out }),
          full: options.full === true,
          verbose: options.verbose === true,
        });
        return exitCode;
      }),
    );
}

/** Declares `sync`. */
export function addSync({ program, run, face, texts }: CommandLine): void {
  program
    .command("sync")
    .description("one pass: plan, apply, tell")
    .option(
      "--approve <code>",
      "let exactly the refused changes with this code through, once; any others are judged anew",
      parseCode(texts),
    )
    .option(
      "--audit <file>",
      "add one line of JSON for each change to this file, or to an object below s3://bucket/prefix/",
    )
    .option("--full", "read all of Identity Center, whatever was read before")
    .addOption(new Option("--only <half>", "carry out one half").choices(["permission-sets", "assignments"]))
    .option("--json", "print the run report as one JSON document")
    .option("--out <file>", outHelp, parseReportFile(texts))
    .option("--strict", "exit with 4 when records have issues")
    .option("--verbose", "every name, every line and every operation of AWS")
    .option("--yes", "write without asking first; only a terminal asks")
    .action((options: SyncOptions) =>
      run(async (globals) => {
        const { runPassCommand } = await import("./pass-command.ts");
        const { exitCode } = await runPassCommand(face, globals, {
          mode: "sync",
          json: options.json === true,
          strict: options.strict === true,
          full: options.full === true,
          verbose: options.verbose === true,
          yes: options.yes === true,
          ...(options.approve === undefined ? {} : { approve: options.approve }),
          ...(options.audit === undefined ? {} : { audit: options.audit }),
          ...(options.only === undefined ? {} : { only: options.only }),
          ...(options.out === undefined ? {} : { out: options.out }),
        });
        return exitCode;
      }),
    );
}
