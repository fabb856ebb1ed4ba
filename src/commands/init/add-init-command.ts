import { type CommandLine, parseNumber } from "../command-options.ts";
import type { InitOptions } from "./init-options.ts";

/** Declares `init`. */
export function addInit({ program, run, face, texts }: CommandLine): void {
  const number = parseNumber(texts);
  program
    .command("init")
    .description(
      "make the apps in kintone and the files of a deployment, signed in as a person (KINTONE_USERNAME, KINTONE_PASSWORD); can be run again and goes on where it stopped",
    )
    .option("--dry-run", "show what would be made and write nothing")
    .option("--yes", "make it without asking")
    .option("--space <number>", "make the apps in this space", number)
    .option("--groups", "with an app of Identity Center's groups, which assignments look up")
    .option("--reviews", "with an app in which people decide on who has what (review start)")
    .option(
      "--set-authors <group>",
      "code of the kintone group that may add permission sets (default: only you)",
    )
    .option(
      "--administrators <group>",
      "group in Identity Center whose members records may make administrators (default: nobody)",
    )
    .option(
      "--permission-set-app <number>",
      "an app that exists already, which gets the fields that it lacks",
      number,
    )
    .option("--assignment-app <number>", "the same for the assignments", number)
    .option("--account-app <number>", "the same for the accounts", number)
    .option("--group-app <number>", "the same for the groups", number)
    .option("--review-app <number>", "the same for the reviews", number)
    .action((options: InitOptions) =>
      run(async (globals) => {
        const { runInit } = await import("./init-command.ts");
        return runInit(face, globals, options);
      }),
    );
}
