import { InvalidArgumentError } from "commander";
import { reviewTexts } from "../../words/review-texts.ts";
import { usageLanguage } from "../usage-errors.ts";
import type { CommandLine } from "../command-options.ts";
import type { ReviewStartOptions } from "./review-start.ts";

/** Declares `review start`, `review status` and `review collect`. */
export function addReview({ program, run, face }: CommandLine): void {
  const texts = reviewTexts(usageLanguage(face.args, face.environment));
  const day = (text: string): string => {
    const isDay = /^\d{4}-\d{2}-\d{2}$/u.test(text) && !Number.isNaN(Date.parse(text));
    if (isDay && new Date(text).toISOString().startsWith(text)) return text;
    throw new InvalidArgumentError(texts.notADate);
  };
  const jsonFile = (text: string): string => {
    if (/\.json$/iu.test(text)) return text;
    throw new InvalidArgumentError(texts.notJson);
  };
  const review = program
    .command("review")
    .description("have people look through who has what, line by line; takes nothing away itself");
  review
    .command("start")
    .description(
      "one line for each access, in the kintone app of reviews or in a sheet that people fill in; run again it goes on",
    )
    .requiredOption("--due <date>", "the day until which all is to be decided, e.g. 2026-12-31", day)
    .option("--round <file.json>", "the file of the round (default: review-DATE.json)", jsonFile)
    .option("--user <name>", "only this person: user name, e-mail address or display name")
    .option("--account <id or name>", "only this AWS account")
    .option("--permission-set <name>", "only this permission set")
    .option("--administrators", "only administrators")
    .action((options: ReviewStartOptions) =>
      run(async (globals) => {
        const { runReviewStart } = await import("./review-start.ts");
        return runReviewStart(face, globals, options);
      }),
    );
  review
    .command("status")
    .description("how far the round is, and whose lines are open")
    .argument("<file.json>", "the file of the round", jsonFile)
    .action((round: string) =>
      run(async (globals) => {
        const { runReviewStatus } = await import("./review-collect.ts");
        return runReviewStatus(face, globals, round);
      }),
    );
  review
    .command("collect")
    .description("take over what people decided; lists the records to change, with drafts of comments")
    .argument("<file.json>", "the file of the round", jsonFile)
    .option(
      "--audit <file>",
      "the audit of the syncs, for removals that were carried out (default: as configured)",
    )
    .action((round: string, options: { readonly audit?: string }) =>
      run(async (globals) => {
        const { runReviewCollect } = await import("./review-collect.ts");
        return runReviewCollect(face, globals, round, options.audit);
      }),
    );
}
