import { execFileSync } from "node:child_process";

/** Builds dist/ once before the tests, so that the end-to-end tests run what is shipped. */
export default function buildBundle(): void {
  execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });
}
