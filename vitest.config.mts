import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.ts"],
          // Files share what they import: Pulumi's packages take seconds to load.
          isolate: false,
          maxWorkers: "100%",
          // No test waits for time to pass, so a slow machine must not fail one.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Real engine and API server; a first run builds them.
        test: {
          name: "contract",
          include: ["test/contract/**/*.test.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        // The report's page in a real browser.
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        // Whole labs, one at a time.
        test: {
          name: "lab",
          include: ["test/lab/**/*.test.ts"],
          testTimeout: 900_000,
          hookTimeout: 900_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
