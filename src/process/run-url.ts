/** The page of this run, where a CI system says that it has one. */
export function ciRunUrl(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  if ((environment["GITHUB_RUN_ID"] ?? "") !== "") return runUrl(environment);
  const {
    SYSTEM_COLLECTIONURI: collection = "",
    SYSTEM_TEAMPROJECT: project = "",
    BUILD_BUILDID: build = "",
  } = environment;
  if ([collection, project, build].includes("")) return undefined;
  return `${collection}${encodeURIComponent(project)}/_build/results?buildId=${encodeURIComponent(build)}`;
}

/** The page of this run on GitHub. */
export function runUrl(environment: Readonly<Record<string, string | undefined>>): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: run } = environment;
  return `${server ?? "https://github.com"}/${repository ?? ""}/actions/runs/${run ?? ""}`;
}
