import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** One thing that was tried. */
export interface Case {
  readonly name: string;
  readonly problems: readonly string[];
}

/** The tests in a file or folder, as cases. */
export async function runTests(place: string): Promise<readonly Case[]> {
  const vitest = ["vitest", "run", place, "--reporter=json", "--silent"];
  const { stdout } = await promisify(execFile)("npx", vitest, { maxBuffer: 2 ** 26 }).catch(
    (error: { readonly stdout?: string }) => ({ stdout: error.stdout ?? "" }),
  );
  const start = stdout.indexOf("{");
  if (start < 0) return [{ name: "all of them", problems: ["the tests could not be run"] }];
  const report = JSON.parse(stdout.slice(start)) as {
    readonly testResults: readonly {
      readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
    }[];
  };
  return report.testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({
      name: fullName,
      problems: status === "passed" ? [] : [status],
    })),
  );
}
