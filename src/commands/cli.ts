#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from "commander";
import type { Selection } from "../model/pass.ts";
import type { GlobalOptions } from "./command-context.ts";
import { type Belief, isBelief, openBeliefs } from "../sandbox/beliefs.ts";
import type { ImportOptions } from "./import/import-command.ts";
import type { SandboxPlace } from "./sandbox/sandbox-command.ts";
import type { TrustHost, TrustOptions } from "./trust/trust-command.ts";
import { cliTexts } from "./cli-texts.ts";
import { failUnexpectedly, prepareProcess, refuseUnverifiedTls } from "../process/prepare-process.ts";
import { unverifiedTls } from "../words/unverified-tls.ts";
import { translateUsageError, usageLanguage } from "./usage-errors.ts";

declare const __VERSION__: string;

const lastPort = 65_535;

interface PlanOptions {
  readonly exitCode?: boolean;
  readonly json?: boolean;
  readonly strict?: boolean;
  readonly full?: boolean;
  readonly verbose?: boolean;
  readonly out?: string;
}

interface SyncOptions extends Omit<PlanOptions, "exitCode" | "out"> {
  readonly approve?: string;
  readonly audit?: string;
  readonly only?: Selection;
  readonly yes?: boolean;
}

prepareProcess();
const language = usageLanguage(process.argv.slice(2), process.env);
const texts = cliTexts(language);
refuseUnverifiedTls(unverifiedTls[language]);

// Each command is loaded when it is called for, so that --version and --help answer at once.
const program = new Command("kintone-sso-sync")
  .description("Keeps AWS IAM Identity Center in step with permission sets and assignments in kintone")
  .version(__VERSION__)
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
  .configureOutput({ outputError: (text, write) => write(translateUsageError(text, language)) })
  .showSuggestionAfterError();

program
  .command("plan")
  .description("read, validate, compare and print; writes nothing anywhere")
  .option("--exit-code", "exit with 2 when there are changes")
  .option("--full", "read all of Identity Center, whatever was read before")
  .option("--json", "print the run report as one JSON document")
  .option("--strict", "exit with 4 when records have issues")
  .option("--verbose", "every name, every line and every operation of AWS")
  .option(
    "--out <file.md>",
    "write the plan as Markdown to this file, besides printing it",
    parseMarkdownFile,
  )
  .action(async (options: PlanOptions) => {
    const { runPassCommand } = await import("./pass/pass-command.ts");
    await runPassCommand(program.opts<GlobalOptions>(), {
      mode: "plan",
      json: options.json === true,
      strict: options.strict === true,
      changesAreTwo: options.exitCode === true,
      ...(options.out === undefined ? {} : { out: options.out }),
      full: options.full === true,
      verbose: options.verbose === true,
    });
  });

program
  .command("sync")
  .description("one pass: plan, apply, tell")
  .option("--approve <code>", "let just the refused plan with this code through, once", parseCode)
  .option("--audit <file>", "add one line of JSON for each change to this file")
  .option("--full", "read all of Identity Center, whatever was read before")
  .addOption(new Option("--only <half>", "carry out one half").choices(["permission-sets", "assignments"]))
  .option("--json", "print the run report as one JSON document")
  .option("--strict", "exit with 4 when records have issues")
  .option("--verbose", "every name, every line and every operation of AWS")
  .option("--yes", "write without asking first; only a terminal asks")
  .action(async (options: SyncOptions) => {
    const { runPassCommand } = await import("./pass/pass-command.ts");
    await runPassCommand(program.opts<GlobalOptions>(), {
      mode: "sync",
      json: options.json === true,
      strict: options.strict === true,
      full: options.full === true,
      verbose: options.verbose === true,
      ...(options.approve === undefined ? {} : { approve: options.approve }),
      ...(options.audit === undefined ? {} : { audit: options.audit }),
      yes: options.yes === true,
      ...(options.only === undefined ? {} : { only: options.only }),
    });
  });

program
  .command("adopt")
  .description(
    "take over existing permission sets that nobody manages: shows what that means, tags them with --yes",
  )
  .argument("<name...>", "names of permission sets")
  .option("--yes", "tag them; without it nothing is written")
  .action(async (names: readonly string[], options: { readonly yes?: boolean }) => {
    const { runAdopt } = await import("./adopt/adopt-command.ts");
    await runAdopt(program.opts<GlobalOptions>(), names, options.yes === true);
  });

interface AccessFlags {
  readonly user?: string;
  readonly account?: string;
  readonly permissionSet?: string;
  readonly administrators?: boolean;
  readonly format: "text" | "csv" | "json" | "html";
  readonly out?: string;
}

program
  .command("access")
  .description("who has what in every account, whoever gave it; reads everything and writes nothing")
  .option("--user <name>", "only this person: user name, e-mail address or display name")
  .option("--account <id or name>", "only this AWS account")
  .option("--permission-set <name>", "only this permission set")
  .option("--administrators", "only administrators")
  .addOption(new Option("--format <format>", "how").choices(["text", "csv", "json", "html"]).default("text"))
  .option("--out <file>", "write the file instead of printing it")
  .action(async (options: AccessFlags) => {
    const { runAccess } = await import("./access/access-command.ts");
    await runAccess(program.opts<GlobalOptions>(), options);
  });

program
  .command("import")
  .description(
    "what Identity Center has as the fewest records that mean just that, with the proof; --yes adds them to kintone and adopts the sets",
  )
  .option("--csv <folder>", "write the records as files for kintone's import")
  .option("--include <name...>", "permission sets to import although records cannot say all of them")
  .option("--without-login <name...>", "login names that kintone does not have")
  .option("--append", "add to apps that have other records")
  .option("--yes", "add the records and adopt the sets; without it nothing is written")
  .action(async (options: ImportOptions) => {
    const { runImport } = await import("./import/import-command.ts");
    await runImport(program.opts<GlobalOptions>(), options);
  });

program
  .command("terraform")
  .description("the management account's assignments as Terraform, with import blocks for those that exist")
  .option("--out <file>", "write the file instead of printing it")
  .action(async (options: { readonly out?: string }) => {
    const { runTerraform } = await import("./terraform/terraform-command.ts");
    await runTerraform(program.opts<GlobalOptions>(), options.out);
  });

interface DoctorOptions extends TrustOptions {
  readonly trust?: TrustHost;
  readonly json?: boolean;
}

program
  .command("doctor")
  .description(
    "look at everything a pass needs and say what to do where it is not as it should be, or, with --trust, print the role in AWS that a CI job needs; writes nothing",
  )
  .addOption(
    new Option(
      "--trust <host>",
      "print the role for this host's tokens: the subject and both policies; the options below belong to it",
    ).choices(["github", "azure-devops"]),
  )
  .option("--json", "print one JSON document")
  .option("--account <id>", "the role's account (default: identityCenter.expectedAccount)")
  .option("--management-account <id>", "the organization's management account")
  .option("--instance-arn <arn>", "of IAM Identity Center (default: identityCenter.instanceArn)")
  .option("--owner <value>", "of the owner tag (default: owner in the configuration)")
  .option("--kms-key <arn>", "customer managed key that encrypts the instance")
  .option("--repository <owner/name>", "GitHub: the repository")
  .option("--repository-id <number>", "GitHub: its id")
  .option("--owner-id <number>", "GitHub: its owner's id")
  .option("--environment <name>", "GitHub: the job's environment")
  .option("--branch <name>", "GitHub: the branch, of jobs without an environment (default: main)")
  .option("--organization <name>", "Azure DevOps: the organization")
  .option("--organization-id <guid>", "Azure DevOps: its id")
  .option("--project <name>", "Azure DevOps: the project")
  .option("--service-connection <name>", "Azure DevOps: the service connection")
  .action(async ({ trust, json, ...options }: DoctorOptions) => {
    if (trust === undefined) {
      const { runDoctor } = await import("./doctor/doctor-command.ts");
      await runDoctor(program.opts<GlobalOptions>(), json === true);
      return;
    }
    const { runTrust } = await import("./trust/trust-command.ts");
    runTrust(program.opts<GlobalOptions>(), trust, options, json === true);
  });

program
  .command("serve")
  .description("a pass at once, then on schedule and on demand; health, readiness and metrics over HTTP")
  .option("--port <number>", "port to listen on, 0 for any free one (default: 8080)", parsePort(0, lastPort))
  .option("--host <address>", "address to listen on; 0.0.0.0 for all (default: 127.0.0.1)")
  .action(async (options: { readonly port?: number; readonly host?: string }) => {
    const { runServe } = await import("./serve/serve-command.ts");
    await runServe(program.opts<GlobalOptions>(), options);
  });

program
  .command("demo")
  .description("three passes over a sample company in an embedded sandbox; no account needed")
  .option("--json", "print passes, comments and Slack messages as one JSON document")
  .action(async (options: { readonly json?: boolean }) => {
    const { runDemo } = await import("./demo/demo.ts");
    await runDemo(program.opts<GlobalOptions>(), options.json === true);
  });

program
  .command("sandbox")
  .description("keep the embedded kintone, Identity Center and Slack up; prints the environment to use them")
  .option("--port <number>", "kintone's port; the next two are AWS's and Slack's", parsePort(1, lastPort - 2))
  .option("--host <address>", "address to listen on; 0.0.0.0 for all (default: 127.0.0.1)")
  .option(
    "--belief <NAME=other>",
    "play what no description settles the other way; may be repeated (docs/beliefs.md has the names)",
    parseBelief,
  )
  .action(async (options: SandboxPlace) => {
    const { runSandbox } = await import("./sandbox/sandbox-command.ts");
    await runSandbox(program.opts<GlobalOptions>(), options);
  });

function parseCode(text: string): string {
  if (/^[0-9a-f]{32}-[0-9a-z]{1,8}$/u.test(text)) return text;
  throw new InvalidArgumentError(/^[0-9a-f]{32}$/u.test(text) ? texts.codeIsHash : texts.codeMalformed);
}

function parseBelief(text: string, before: readonly Belief[] = []): readonly Belief[] {
  const [, name = ""] = /^(.*)=other$/u.exec(text) ?? [];
  if (isBelief(name)) return [...before, name];
  throw new InvalidArgumentError(texts.notABelief(openBeliefs));
}

function parseMarkdownFile(text: string): string {
  if (/\.md$/iu.test(text)) return text;
  throw new InvalidArgumentError(texts.notMarkdown);
}

function parsePort(first: number, last: number): (text: string) => number {
  return (text) => {
    const port = Number(text);
    if (Number.isInteger(port) && port >= first && port <= last) return port;
    throw new InvalidArgumentError(texts.notAPort(first, last));
  };
}

try {
  await program.parseAsync();
} catch (error) {
  // Nothing expected ends here.
  failUnexpectedly(error);
}
