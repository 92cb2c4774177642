import { createRequire } from "node:module";

import { runCommand } from "../checks/runner/command";
import { LAB_VARIABLE } from "../lab/lab-variable";
import { buildVegeta } from "./load/vegeta";
import { watchMachine } from "./machine";
import { type Options, parseOptions, type Subject, USAGE } from "./options";
import { printReport } from "./output";
import type { Result } from "./result";
import { runLab } from "./run-lab";

type RunSubject = (options: Options) => Promise<Result>;
type SubjectModule = Readonly<Record<"run", RunSubject>>;

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
  return runLab(["--run", inside.map(quote).join(" ")]);
}

function needsLab({ subject, deploy }: Options): boolean {
  const subjects: readonly Subject[] = ["path", "levers", "peers", "handshake", "preview"];
  return subjects.includes(subject) || (subject === "scale" && deploy);
}

async function bench(options: Options, args: readonly string[]): Promise<number> {
  try {
    return needsLab(options) && process.env[LAB_VARIABLE] === undefined
      ? await measureInLab(args)
      : await measure(options);
  } catch (error) {
    console.error(`\n${(error as Error).message}`);
    return 1;
  }
}

const args = process.argv.slice(2);
void runCommand(
  {
    usage: USAGE,
    parse: (flags) => parseOptions(flags, process.env["INIT_CWD"] ?? process.cwd()),
    run: (options) => bench(options, args),
  },
  args,
).then((code) => {
  process.exit(code);
});
