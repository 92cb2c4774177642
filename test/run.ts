import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { ensurePrerequisites, findMissingPrerequisite } from "../lab/prepare/prerequisites";
import { prepareTools } from "../lab/prepare/tools";
import { Steps } from "../lab/process/steps";
import { ensureBrowser } from "./ensure-browser";

const PROJECT = resolve(__dirname, "..");

/** The result of a part of the tests. */
interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Runs all tests. Those that do not need the lab run first, because they are quick. */
async function main(): Promise<void> {
  const quick = process.argv.includes("--quick");
  // Two at a time, for two cores. Caches save the most time, and stay out of the run that decides: a type-aware rule
  // may change its mind about a file that did not change.
  const cache = quick ? ["--cache", "--cache-strategy", "content"] : [];
  const eslintCache = quick ? [...cache, "--cache-location", "node_modules/.cache/eslint/"] : [];
  const buildInfo = "node_modules/.cache/tsc.tsbuildinfo";
  const tscCache = quick ? ["--incremental", "--tsBuildInfoFile", buildInfo] : [];
  console.log("Checking types, lint, unit tests and format …");
  const counts = (
    await Promise.all([
      inOrder([
        () => runCheck("types", "npx", ["tsc", "-p", ".", ...tscCache]),
        () => runCheck("lint", "npx", ["eslint", ...eslintCache, "."]),
      ]),
      inOrder([
        () => runVitest("unit"),
        () =>
          runCheck("format", "npx", ["prettier", "--check", "--log-level", "warn", ...cache, "."]),
      ]),
    ])
  ).flat();
  if (!quick) {
    counts.push(await testPage());
    const problem = await findMissingPrerequisite();
    if (problem === undefined) {
      const steps = new Steps();
      await ensurePrerequisites(steps);
      await prepareTools(PROJECT, steps, new AbortController().signal);
      counts.push(...(await testGoModule("engine")));
      counts.push(
        await runVitest("contract", { live: true }),
        await runVitest("lab", { live: true }),
      );
    } else {
      console.log(`\n— Skipped the contract and lab tests. ${problem}`);
      counts.push({ passed: 0, failed: 0, skipped: 2 });
    }
  }
  const sum = (of: keyof Count) => counts.reduce((total, count) => total + count[of], 0);
  const skipped = sum("skipped");
  console.log(
    `\n${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`,
  );
  process.exitCode = sum("failed") > 0 ? 1 : 0;
}

/** Tests the report's page in a browser. Skips them only where nobody expects that all tests run. */
async function testPage(): Promise<Count> {
  const problem = await ensureBrowser();
  if (problem === undefined) return runVitest("browser", { live: true });
  const isCi = process.env["CI"] !== undefined;
  console.log(`\n— ${isCi ? "Failed" : "Skipped"}: the tests of the page in a browser. ${problem}`);
  return { passed: 0, failed: isCi ? 1 : 0, skipped: isCi ? 0 : 1 };
}

async function inOrder<T>(tasks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results: T[] = [];
  for (const task of tasks) results.push(await task());
  return results;
}

/** Runs a command that counts as one test, which passes if the command exits with 0. */
async function runCheck(
  name: string,
  program: string,
  args: readonly string[],
  cwd = PROJECT,
): Promise<Count> {
  const code = await run(name, program, args, { cwd });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** Checks the format of a Go module of the lab, vets it, and runs its tests. */
async function testGoModule(module: string): Promise<Count[]> {
  const folder = join(PROJECT, "lab", module);
  const format = 'files=$(gofmt -l .); echo "$files"; test -z "$files"';
  return [
    await runCheck(`lab/${module} format`, "sh", ["-c", format], folder),
    await runCheck(`lab/${module} vet`, "go", ["vet", "./..."], folder),
    await runCheck(`lab/${module} tests`, "go", ["test", "./..."], folder),
  ];
}

/** Runs a project of vitest.config.mts, and counts its tests. */
async function runVitest(project: string, { live = false } = {}): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), "istio-mtls-test-"));
  const file = join(folder, "result.json");
  try {
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
    const args = ["vitest", "run", "--project", project, ...reporters];
    // Pulumi's plugins leave temporary kubeconfigs with tokens behind. They disappear with this folder.
    const temporary = join(folder, "tmp");
    mkdirSync(temporary);
    const code = await run(project, "npx", args, { live, env: { TMPDIR: temporary } });
    return readCount(file, code);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Reads the counts from the JSON report of vitest. */
function readCount(file: string, code: number): Count {
  interface Report {
    readonly numPassedTests: number;
    readonly numFailedTests: number;
    readonly numPendingTests: number;
    readonly numTodoTests: number;
  }
  let report: Report;
  try {
    report = JSON.parse(readFileSync(file, "utf8")) as Report;
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const { numPassedTests: passed, numFailedTests, numPendingTests, numTodoTests } = report;
  // A file that fails before its first test has no failed tests, but vitest exits with an error.
  const failed = numFailedTests === 0 && code !== 0 ? 1 : numFailedTests;
  return { passed, failed, skipped: numPendingTests + numTodoTests };
}

interface RunOptions {
  readonly cwd?: string;
  readonly live?: boolean;
  /** Further environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a command under a heading, and returns its exit code. `live` shows its output as it comes. Otherwise the output
 * follows the heading when the command has ended, so that two commands can run at once.
 */
function run(
  heading: string,
  program: string,
  args: readonly string[],
  { cwd = PROJECT, live = false, env = {} }: RunOptions = {},
): Promise<number> {
  const lines = `\n— ${heading}: ${program} ${args.join(" ")}`;
  if (live) console.log(lines);
  return new Promise((done) => {
    const child = spawn(program, [...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: [
        "ignore",
        ...(live ? (["inherit", "inherit"] as const) : (["pipe", "pipe"] as const)),
      ],
    });
    const chunks: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", (error) => {
      console.error(error.message);
      done(127);
    });
    child.on("close", (code) => {
      if (!live) console.log(`${lines}\n${Buffer.concat(chunks).toString()}`.trimEnd());
      done(code ?? 1);
    });
  });
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.log("\n0 passed, 1 failed");
  process.exitCode = 1;
});
