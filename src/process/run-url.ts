/** The page of this run on GitHub. */
export function runUrl(environment: Readonly<Record<string, string | undefined>>): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  return `${server ?? "https://github.com"}/${repository ?? ""}/actions/runs/${run ?? ""}`;
}
