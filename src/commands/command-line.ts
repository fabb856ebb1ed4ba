import { Command, CommanderError, Option } from "commander";
import type { ProcessFace } from "../process/process-face.ts";
import { refusesUnverifiedTls } from "../process/prepare-process.ts";
import { unverifiedTls } from "../words/unverified-tls.ts";
import { cliTexts } from "./cli-texts.ts";
import type { GlobalOptions } from "./command-context.ts";
import { type CommandLine, parseBelief, parseNumber, parsePort, parseSpeed } from "./command-options.ts";
import { helpIn } from "./help-in.ts";
import type { ImportOptions } from "./import/import-command.ts";
import { addInit } from "./init/add-init-command.ts";
import { addPlan, addSync } from "./pass/add-pass-commands.ts";
import { addReview } from "./review/add-review-command.ts";
import type { SandboxPlace } from "./sandbox/sandbox-command.ts";
import type { TrustHost, TrustOptions } from "./trust/trust-command.ts";
import { translateUsageError, usageLanguage } from "./usage-errors.ts";

const lastPort = 65_535;

/** The command line: does what the arguments say and resolves with the exit code. */
export async function runCommandLine(face: ProcessFace, version: string): Promise<number> {
  if (refusesUnverifiedTls(face, unverifiedTls[usageLanguage(face.args, face.environment)])) return 1;
  let exitCode = 0;
  const program = declareCommands(face, version, async (command) => {
    exitCode = await command();
  });
  try {
    await program.parseAsync([...face.args], { from: "user" });
    return exitCode;
  } catch (error) {
    // Help and a wrong command line end here.
    if (error instanceof CommanderError) return error.exitCode;
    throw error;
  }
}

/** Every command with its arguments and options; `run` gets the one that the arguments call for. */
export function declareCommands(
  face: ProcessFace,
  version: string,
  run: (command: () => Promise<number>) => Promise<void>,
): Command {
  const language = usageLanguage(face.args, face.environment);
  const program = createProgram(face, version)
    .configureHelp(helpIn(language))
    .configureOutput({
      outputError: (text, write) => write(translateUsageError(text, language)),
    });
  const line: CommandLine = {
    program,
    face,
    texts: cliTexts(language),
    run: (command) => run(() => command(program.opts<GlobalOptions>())),
  };
  for (const add of commands) add(line);
  return program;
}

function createProgram({ stdout, stderr }: ProcessFace, version: string): Command {
  return new Command("kintone-sso-sync")
    .description("Keeps AWS IAM Identity Center in step with permission sets and assignments in kintone")
    .version(version)
    .option("--config <file>", "configuration file (default: kintone-sso-sync.yaml where there is one)")
    .addOption(new Option("--lang <language>", "language of messages").choices(["ja", "en"]))
    .addOption(
      new Option("--log-level <level>", "what is logged on stderr")
        .choices(["debug", "info", "warn", "error", "silent"])
        .default("info"),
    )
    .addOption(
      new Option("--log-format <format>", "how it is logged").choices(["text", "json"]).default("text"),
    )
    .option("--no-color", "no colours (NO_COLOR does the same)")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
    })
    .showSuggestionAfterError();
}

// Each command is loaded when it is called for, so that --version and --help answer at once.
const commands: readonly ((line: CommandLine) => void)[] = [
  addInit,
  addPlan,
  addSync,
  addAdopt,
  addAccess,
  addReview,
  addImport,
  addTerraform,
  addDoctor,
  addServe,
  addDemo,
  addSandbox,
];

function addAdopt({ program, run, face }: CommandLine): void {
  program
    .command("adopt")
    .description(
      "take over existing permission sets that nobody manages: shows what that means, tags them with --yes",
    )
    .argument("<name...>", "names of permission sets")
    .option("--yes", "tag them; without it nothing is written")
    .action((names: readonly string[], options: { readonly yes?: boolean }) =>
      run(async (globals) => {
        const { runAdopt } = await import("./adopt/adopt-command.ts");
        return runAdopt(face, globals, names, options.yes === true);
      }),
    );
}

interface AccessFlags {
  readonly user?: string;
  readonly account?: string;
  readonly permissionSet?: string;
  readonly administrators?: boolean;
  readonly format: "text" | "csv" | "json" | "html";
  readonly out?: string;
}

function addAccess({ program, run, face }: CommandLine): void {
  program
    .command("access")
    .description("who has what in every account, whoever gave it; reads everything and writes nothing")
    .option("--user <name>", "only this person: user name, e-mail address or display name")
    .option("--account <id or name>", "only this AWS account")
    .option("--permission-set <name>", "only this permission set")
    .option("--administrators", "only administrators")
    .addOption(
      new Option("--format <format>", "how").choices(["text", "csv", "json", "html"]).default("text"),
    )
    .option(
      "--last-used <file>",
      "a CSV with the columns person, account, permission_set and last_used (dates as ISO 8601), to show beside each access",
    )
    .option("--out <file>", "write the file instead of printing it")
    .action((options: AccessFlags) =>
      run(async (globals) => {
        const { runAccess } = await import("./access/access-command.ts");
        return runAccess(face, globals, options);
      }),
    );
}

function addImport({ program, run, face }: CommandLine): void {
  program
    .command("import")
    .description(
      "what Identity Center has as the fewest records that mean just that, with the proof; --yes adds them to kintone and takes the sets over",
    )
    .option("--csv <folder>", "write the records as files for kintone's import")
    .option("--include <name...>", "permission sets to import although records cannot say all of them")
    .option("--without-login <name...>", "login names that kintone does not have")
    .option("--append", "add to apps that have other records")
    .option("--yes", "add the records and adopt the sets; without it nothing is written")
    .action((options: ImportOptions) =>
      run(async (globals) => {
        const { runImport } = await import("./import/import-command.ts");
        return runImport(face, globals, options);
      }),
    );
}

function addTerraform({ program, run, face }: CommandLine): void {
  program
    .command("terraform")
    .description("the management account's assignments as Terraform, with import blocks for those that exist")
    .option("--out <file>", "write the file instead of printing it")
    .action((options: { readonly out?: string }) =>
      run(async (globals) => {
        const { runTerraform } = await import("./terraform/terraform-command.ts");
        return runTerraform(face, globals, options.out);
      }),
    );
}

interface DoctorOptions extends TrustOptions {
  readonly trust?: TrustHost;
  readonly json?: boolean;
  readonly firstRun?: boolean;
  readonly acceptance?: boolean;
  readonly user?: string;
  readonly group?: string;
  readonly record?: number;
  readonly out?: string;
  readonly yes?: boolean;
}

function addDoctor({ program, run, face, texts }: CommandLine): void {
  program
    .command("doctor")
    .description(
      "look at everything a pass needs and say what to do. With --trust, print the role in AWS that a CI job needs. Writes nothing, except with --acceptance and --yes",
    )
    .addOption(
      new Option(
        "--trust <host>",
        "print the role for this host's tokens: the subject and both policies; the options below belong to it",
      ).choices(["github", "azure-devops"]),
    )
    .option("--json", "print one JSON document")
    .option("--first-run", "say also which command comes next")
    .option(
      "--acceptance",
      "try in one account of yours what only a real tenant can prove, and take it away again: with --account, --user and --group",
    )
    .option("--user <name>", "--acceptance: user name in Identity Center of whom a test may assign")
    .option("--group <name>", "--acceptance: the same of a group")
    .option(
      "--record <number>",
      "--acceptance: a record of the assignment app that may get comments, which are deleted again",
      parseNumber(texts),
    )
    .option("--out <file>", "--acceptance: where the result goes (default: acceptance.json)")
    .option("--yes", "--acceptance: do it; without it nothing is written")
    .option(
      "--account <id>",
      "the role's account (default: identityCenter.expectedAccount); with --acceptance the one to write in",
    )
    .option("--management-account <id>", "the organization's management account")
    .option("--instance-arn <arn>", "of IAM Identity Center (default: identityCenter.instanceArn)")
    .option("--owner <value>", "of the owner tag (default: owner in the configuration)")
    .option("--kms-key <arn>", "customer managed key that encrypts the instance")
    .option("--take-over", "let the role take over permission sets that nobody owns, as adopt and import do")
    .option("--repository <owner/name>", "GitHub: the repository")
    .option("--repository-id <number>", "GitHub: its id")
    .option("--owner-id <number>", "GitHub: its owner's id")
    .option("--environment <name>", "GitHub: the job's environment")
    .option("--branch <name>", "GitHub: the branch, of jobs without an environment (default: main)")
    .option("--organization <name>", "Azure DevOps: the organization")
    .option("--organization-id <guid>", "Azure DevOps: its id")
    .option("--project <name>", "Azure DevOps: the project")
    .option("--service-connection <name>", "Azure DevOps: the service connection")
    .action(({ trust, json, firstRun, acceptance, yes, ...options }: DoctorOptions) =>
      run(async (globals) => {
        if (acceptance === true) {
          const { runAcceptance } = await import("./acceptance/acceptance-command.ts");
          return runAcceptance(face, globals, { ...options, yes: yes === true, json: json === true });
        }
        if (trust === undefined) {
          const { runDoctor } = await import("./doctor/doctor-command.ts");
          return runDoctor(face, globals, { json: json === true, firstRun: firstRun === true });
        }
        const { runTrust } = await import("./trust/trust-command.ts");
        return runTrust(face, globals, trust, options, json === true);
      }),
    );
}

function addServe({ program, run, face, texts }: CommandLine): void {
  program
    .command("serve")
    .description("a pass at once, then on schedule and on demand; health, readiness and metrics over HTTP")
    .option(
      "--port <number>",
      "port to listen on, 0 for any free one (default: 8080)",
      parsePort(texts, 0, lastPort),
    )
    .option("--host <address>", "address to listen on; 0.0.0.0 for all (default: 127.0.0.1)")
    .action((options: { readonly port?: number; readonly host?: string }) =>
      run(async (globals) => {
        const { runServe } = await import("./serve/serve-command.ts");
        return runServe(face, globals, { ...options, version: program.version() ?? "" });
      }),
    );
}

function addDemo({ program, run, face }: CommandLine): void {
  program
    .command("demo")
    .description("three passes over a sample company in an embedded sandbox; no account needed")
    .addOption(
      new Option("--json", "print passes, comments and Slack messages as one JSON document").conflicts(
        "open",
      ),
    )
    .option("--open", "keep the company open for a browser afterwards, until Ctrl+C")
    .action((options: { readonly json?: boolean; readonly open?: boolean }) =>
      run(async (globals) => {
        const { runDemo } = await import("./demo/demo.ts");
        return runDemo(face, globals, { json: options.json === true, open: options.open === true });
      }),
    );
}

function addSandbox({ program, run, face, texts }: CommandLine): void {
  program
    .command("sandbox")
    .description(
      "keep the embedded kintone, Identity Center and Slack up, with pages for a browser; prints the environment to use them",
    )
    .option(
      "--port <number>",
      "kintone's port; the next two are AWS's and Slack's",
      parsePort(texts, 1, lastPort - 2),
    )
    .option("--host <address>", "address to listen on; 0.0.0.0 for all (default: 127.0.0.1)")
    .option(
      "--belief <NAME=other>",
      "play what no description settles the other way; may be repeated (docs/beliefs.md has the names)",
      parseBelief(texts),
    )
    .option(
      "--speed <number>",
      "how many times as fast as AWS (default: 1, with AWS's own quotas)",
      parseSpeed(texts),
    )
    .action((options: SandboxPlace) =>
      run(async (globals) => {
        const { runSandbox } = await import("./sandbox/sandbox-command.ts");
        return runSandbox(face, globals, options);
      }),
    );
}
