import { once } from "node:events";
import { createRequire } from "node:module";
import { resolve, join } from "node:path";

import { wrapInNamespaces, killPidNamespace, startDetached, WORK_FOLDER } from "./process/linux-namespaces";
import { parseFlags, USAGE, type Flags } from "./flags";
import { createRunFolder } from "./prepare/user-folders";
import { prepareTools } from "./prepare/tools";
import { ensurePrerequisites } from "./prepare/prerequisites";
import { onParentExit } from "./process/on-parent-exit";
import { Steps } from "./process/steps";
import { clearReport } from "./report";
import { preparedLabFile, writePreparedLab } from "./prepared-lab";

type CheckConfig = typeof import("./program/check-config");

const GRACE_MS = 2000;
const INTERRUPTED = 130;
const PROJECT = resolve(__dirname, "..");

/** Throws for what the lab could not do at its end, or the program would refuse in its middle. */
function checkFlags({ json, set }: Flags): void {
  if (json !== undefined) clearReport(json);
  if (set.length === 0) return;
  // Only now, since Pulumi's SDK comes with it, which takes seconds; and not by import(), which knows no TypeScript here.
  const load = createRequire(__filename);
  const { checkConfig } = load("./program/check-config") as CheckConfig;
  checkConfig(PROJECT, set);
}

/** Prepares the lab and runs it in namespaces of its own; gives the exit code. */
async function launch(flags: Flags, interrupt: AbortSignal): Promise<number> {
  const startedAt = Math.round(performance.timeOrigin);
  const steps = new Steps({ startedAt });
  steps.print("Preparing");
  await ensurePrerequisites(steps);
  const tools = await prepareTools(PROJECT, steps, interrupt);
  const run = createRunFolder();
  const file = preparedLabFile(run);
  const { timings } = steps;
  writePreparedLab(file, { flags, projectFolder: PROJECT, runFolder: run, workFolder: WORK_FOLDER, startedAt, timings, tools });

  const inside = [process.execPath, "--require", require.resolve("tsx/cjs")];
  const lab = startDetached(wrapInNamespaces([...inside, join(__dirname, "inside.ts"), file]), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    cwd: PROJECT,
  });
  interrupt.addEventListener("abort", () => {
    if (lab.connected) lab.send("stop");
    setTimeout(() => {
      killPidNamespace(lab);
    }, GRACE_MS).unref();
  });
  const [code, signal] = (await once(lab, "exit")) as [number | null, NodeJS.Signals | null];
  if (interrupt.aborted) return INTERRUPTED;
  if (code === null || code > 128) {
    console.error(
      `The lab was ended by ${signal ?? `signal ${(code ?? 128) - 128}`}. Logs: ${run}`,
    );
    return 1;
  }
  return code;
}

function interruption(): AbortSignal {
  const controller = new AbortController();
  const stop = (why: string) => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    console.error(`\n${why}: ending the lab, nothing of it stays.`);
    controller.abort(new Error(why));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      stop(signal === "SIGINT" ? "Interrupted" : `Ended by ${signal}`);
    });
  }
  onParentExit(() => {
    stop("The process that started the lab is gone");
  });
  return controller.signal;
}

async function main(): Promise<number> {
  let flags: Flags;
  try {
    flags = parseFlags(process.argv.slice(2), process.env["INIT_CWD"] ?? process.cwd());
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  if (flags.help) {
    console.log(USAGE);
    return 0;
  }
  try {
    checkFlags(flags);
  } catch (error) {
    console.error((error as Error).message);
    return 2;
  }
  const interrupt = interruption();
  try {
    return await launch(flags, interrupt);
  } catch (error) {
    if (interrupt.aborted) return INTERRUPTED;
    console.error(`\n${(error as Error).message}`);
    return 1;
  }
}

void main().then((code) => {
  process.exit(code);
});
