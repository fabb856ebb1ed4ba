import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/build-bundle.ts"],
    testTimeout: 30_000,
    // Most of the time goes by waiting for servers and processes of the tests' own.
    maxWorkers: 2,
    maxConcurrency: 10,
    // The servers that tests start are on this machine, whatever proxy it goes through.
    env: {
      NO_PROXY: "localhost,127.0.0.1",
      no_proxy: "localhost,127.0.0.1",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    },
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      reporter: ["text-summary"],
    },
  },
});
