import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

import { LAB_VARIABLE } from "../lab/lab-variable";
import { buildVegeta } from "./load/vegeta";
import { watchMachine } from "./machine";
import { type Options, parseOptions, type Subject, USAGE } from "./options";
import { printReport } from "./output";
import type { Result } from "./result";

type RunSubject = (options: Options) => Promise<Result>;
type SubjectModule = Readonly<Record<"run", RunSubject>>;

const EXIT_USAGE = 2;

/** Measures a subject in this process. */
async function measure(options: Options): Promise<number> {
  // Loads Pulumi's SDK only for the subjects that use it, because that takes seconds.
  const { run } = createRequire(__filename)(`./${options.subject}/index`) as SubjectModule;
  const stop = watchMachine();
  const result = await run(options);
  const report = { subject: options.subject, date: new Date().toISOString(), machine: stop() };
  printReport({ ...report, ...result }, options);
  return 0;
}

/** Starts a lab, which runs this command again inside. */
async function measureInLab(args: readonly string[]): Promise<number> {
  // A lab has no way to the internet.
  await buildVegeta();
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const inside = [process.execPath, "--require", require.resolve("tsx/cjs"), __filename, ...args];
  const start = join(__dirname, "../lab/start.mjs");
  const lab = spawn(process.execPath, [start, "--run", inside.map(quote).join(" ")], {
    stdio: "inherit",
  });
  return new Promise((resolve) => {
    lab.on("exit", (code) => {
      resolve(code ?? 1);
    });
  });
}

function needsLab({ subject, deploy }: Options): boolean {
  const subjects: readonly Subject[] = ["path", "levers", "peers", "handshake", "preview"];
  return subjects.includes(subject) || (subject === "scale" && deploy);
}

async function main(args: readonly string[]): Promise<number> {
  if (args.includes("--help")) {
    console.log(USAGE);
    return 0;
  }
  let options: Options;
  try {
    options = parseOptions(args, process.env["INIT_CWD"] ?? process.cwd());
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return EXIT_USAGE;
  }
  try {
    return needsLab(options) && process.env[LAB_VARIABLE] === undefined
      ? await measureInLab(args)
      : await measure(options);
  } catch (error) {
    console.error(`\n${(error as Error).message}`);
    return 1;
  }
}

void main(process.argv.slice(2)).then((code) => {
  process.exit(code);
});
