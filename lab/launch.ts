import { once } from "node:events";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

import { clearOutputs } from "../report/outputs";
import { type Flags, parseFlags, USAGE } from "./flags";
import { ensurePrerequisites } from "./prepare/prerequisites";
import { prepareTools } from "./prepare/tools";
import { createRunFolder } from "./prepare/user-folders";
import { preparedLabFile, writePreparedLab } from "./prepared-lab";
import { removeControlGroups } from "./process/control-groups";
import { startDetached, WORK_FOLDER, wrapInNamespaces } from "./process/linux-namespaces";
import { onParentExit } from "./process/on-parent-exit";
import { Steps } from "./process/steps";

type CheckConfig = typeof import("./program/check-config");

const GRACE_MS = 2000;
const EXIT_USAGE = 2;
const EXIT_INTERRUPTED = 130;
const PROJECT_FOLDER = resolve(__dirname, "..");

/** Fails early: with an unwritable report, or with values that the program would reject only after minutes. */
function checkFlags({ json, report, set }: Flags): void {
  clearOutputs({ json, report });
  if (set.length === 0) return;
  // Loads Pulumi's SDK, which takes seconds. import() cannot load TypeScript here.
  const load = createRequire(__filename);
  const { checkConfig } = load("./program/check-config") as CheckConfig;
  checkConfig(PROJECT_FOLDER, set);
}

/** Prepares the lab and runs it in its own namespaces; returns the exit code. */
async function launch(flags: Flags, interrupt: AbortSignal): Promise<number> {
  const startedAt = Math.round(performance.timeOrigin);
  const steps = new Steps({ startedAt });
  steps.print("Preparing the tools");
  await ensurePrerequisites(steps);
  const tools = await prepareTools(PROJECT_FOLDER, steps, interrupt, flags);
  const runFolder = createRunFolder();
  const file = preparedLabFile(runFolder);
  writePreparedLab(file, {
    flags,
    projectFolder: PROJECT_FOLDER,
    runFolder,
    workFolder: WORK_FOLDER,
    startedAt,
    timings: steps.timings,
    tools,
  });

  const node = [process.execPath, "--require", require.resolve("tsx/cjs")];
  const command = [...node, join(__dirname, "run-in-namespaces.ts"), file];
  const lab = startDetached(wrapInNamespaces(command), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    cwd: PROJECT_FOLDER,
  });
  interrupt.addEventListener("abort", () => {
    if (lab.connected) lab.send("stop");
    setTimeout(() => {
      lab.kill("SIGTERM");
    }, GRACE_MS).unref();
  });
  const [code, signal] = (await once(lab, "exit")) as [number | null, NodeJS.Signals | null];
  if (signal !== null) await removeControlGroups();
  if (interrupt.aborted) return EXIT_INTERRUPTED;
  if (code === null || code > 128) {
    console.error(
      `${signal ?? `Signal ${(code ?? 128) - 128}`} ended the lab. If the machine ran out of memory, ` +
        `free 4 GiB and start it again. Logs: ${runFolder}`,
    );
    return 1;
  }
  return code;
}

/** Aborts at the first interrupt, or when the parent process is gone. Exits at the second. */
function listenForInterrupts(): AbortSignal {
  const controller = new AbortController();
  const stop = (reason: string) => {
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    console.error(`\n${reason}: stopping the lab and removing everything that it created.`);
    controller.abort(new Error(reason));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      stop(signal === "SIGINT" ? "Interrupted" : `Received ${signal}`);
    });
  }
  onParentExit(() => {
    stop("The process that started the lab has ended");
  });
  return controller.signal;
}

async function main(): Promise<number> {
  let flags: Flags;
  try {
    flags = parseFlags(process.argv.slice(2), process.env["INIT_CWD"] ?? process.cwd());
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return EXIT_USAGE;
  }
  if (flags.help) {
    console.log(USAGE);
    return 0;
  }
  try {
    checkFlags(flags);
  } catch (error) {
    console.error((error as Error).message);
    return EXIT_USAGE;
  }
  const interrupt = listenForInterrupts();
  try {
    return await launch(flags, interrupt);
  } catch (error) {
    if (interrupt.aborted) return EXIT_INTERRUPTED;
    console.error(`\n${(error as Error).message}`);
    return 1;
  }
}

void main().then((code) => {
  process.exit(code);
});
