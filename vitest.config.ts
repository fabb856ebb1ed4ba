import { defineConfig } from "vitest/config";

// Files that replace modules have a process of their own. The others share one, which saves loading the same
// modules a hundred times; those that set the environment, as commands find it, share it among themselves.
const alone = [
  "test/memory/file-memory-failures.test.ts",
  "test/e2e/telling.e2e.test.ts",
  // The linter is a program in WebAssembly, which does not bear what other tests do to timers.
  "test/workflows/workflows.test.ts",
];
const endToEnd = ["test/**/*.e2e.test.ts", "test/peer-defects.test.ts"];
// What takes minutes: only `npm run check` runs it.
const long = ["test/**/*.long.test.ts"];

export default defineConfig(({ mode }) => ({
  test: {
    // Only what hangs takes so long: a busy machine can need several times what an idle one does.
    testTimeout: 120_000,
    // Most of the time goes by waiting for servers and processes of the tests' own.
    maxWorkers: 3,
    maxConcurrency: 10,
    // The servers that tests start are on this machine, whatever proxy it goes through.
    env: {
      NO_PROXY: "localhost,127.0.0.1",
      no_proxy: "localhost,127.0.0.1",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      PROOF: mode === "check" ? "whole" : "share",
    },
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      reporter: ["text-summary"],
      thresholds: { statements: 91, branches: 88, functions: 91, lines: 91 },
    },
    projects: [
      {
        extends: true,
        test: {
          name: "together",
          include: ["test/**/*.test.ts"],
          exclude: [...alone, ...endToEnd, ...long],
          isolate: false,
          globalSetup: ["test/build-bundle.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "end to end",
          include: endToEnd,
          exclude: alone,
          isolate: false,
          globalSetup: ["test/build-bundle.ts"],
        },
      },
      { extends: true, test: { name: "alone", include: alone } },
      ...(mode === "check"
        ? [
            {
              extends: true as const,
              test: { name: "long", include: long, globalSetup: ["test/build-bundle.ts"] },
            },
          ]
        : []),
    ],
  },
}));
