import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { copyFile, mkdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";

import { killPidNamespace, wrapInPidNamespace, startDetached } from "../process/linux-namespaces";
import type { Step } from "../process/steps";
import { ensureCached } from "./cache";
import { createCacheKey, readSources } from "./cache-key";
import { explainFailure } from "./explain-failure";
import { downloadModule } from "./go-mod";
import { copyModulePart, type ModulePart } from "./go-module-part";

const REPORT_MS = 1000;
/** The linker drops debugging data anyway. Not generating it saves a seventh of the compile time. */
const NO_DEBUG_DATA = "-gcflags=all=-dwarf=false";
/** Fewer garbage collections in the compiler save another seventh, and cost memory. */
const GOGC = "400";

export interface GoModule {
  readonly name: string;
  /** Path of the module's folder. */
  readonly folder: string;
  /** Arguments of `go build`: packages, or "tool" for the tools that go.mod lists. */
  readonly packages: readonly string[];
  /** Variables that the linker sets, such as the version that a program reports. */
  readonly variables?: Readonly<Record<string, string>>;
  /** A file of a required module that the program reads from its own folder. */
  readonly file?: { readonly module: string; readonly path: string };
  /** A required module, if the program needs only a part of it. */
  readonly part?: ModulePart;
}

/** Builds the programs of a Go module into the cache; returns the folder that has them in `bin`. */
export async function buildGoModule(
  cache: string,
  module: GoModule,
  step: Step,
  interrupt: AbortSignal,
): Promise<string> {
  const { name, folder, packages, variables = {}, file, part } = module;
  const defined = Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`);
  const flags = ["-trimpath", NO_DEBUG_DATA, "-ldflags", ["-s", "-w", ...defined].join(" ")];
  const platform = [process.platform, process.arch];
  const sources = [
    ...readSources(folder),
    ...(file === undefined ? [] : [file.path]),
    ...(part === undefined ? [] : part.removed),
  ];
  const key = createCacheKey([...sources, ...packages, ...flags, ...platform]);
  return ensureCached({ cache, name, key }, step, async (partial) => {
    const bin = join(partial, "bin");
    const temporary = join(partial, "tmp");
    const source = join(partial, "source");
    await Promise.all([mkdir(bin), mkdir(temporary), mkdir(source)]);
    const modFlags = part === undefined ? [] : await copyModulePart(folder, part, source);
    const total = await countPackages(module, modFlags, step, interrupt);
    let compiled = 0;
    const report = setInterval(() => {
      const linked = countLinkedPrograms(temporary);
      const linking = linked > 0 ? `, linking program ${linked}` : "";
      step.reportWait(`the compiler: compiled ${compiled} of at most ${total} packages${linking}`);
    }, REPORT_MS);
    const build = ["build", "-v", ...modFlags, ...flags, "-o", `${bin}/`, ...packages];
    try {
      await runGo(module, build, interrupt, {
        onError: () => ++compiled,
        // A killed build leaves its temporary files here, where the next run removes them.
        // The programs run in container images, which have none of this machine's libraries.
        env: { GOTMPDIR: temporary, GOGC, CGO_ENABLED: "0" },
      });
    } finally {
      clearInterval(report);
    }
    await Promise.all([temporary, source].map((made) => rm(made, { recursive: true })));
    if (file !== undefined) {
      const required = await downloadModule(folder, file.module);
      await copyFile(join(required, file.path), join(bin, basename(file.path)));
    }
  });
}

/** Counts the programs that `go build` has started to link in its temporary folder. */
function countLinkedPrograms(temporary: string): number {
  return readdirSync(temporary)
    .flatMap((build) => readdirSync(join(temporary, build)).map((part) => join(build, part, "exe")))
    .filter((place) => existsSync(join(temporary, place))).length;
}

async function countPackages(
  module: GoModule,
  modFlags: readonly string[],
  step: Step,
  interrupt: AbortSignal,
) {
  let downloads = 0;
  let packages = 0;
  step.reportWait("the list of packages");
  await runGo(module, ["list", "-deps", ...modFlags, ...module.packages], interrupt, {
    onOutput: () => ++packages,
    onError: () => {
      step.reportWait(`module downloads: ${++downloads} done`);
    },
  });
  return packages;
}

interface GoOptions {
  /** Called for each line of standard output. */
  readonly onOutput?: () => void;
  /** Called for each line of standard error, where Go reports its progress. */
  readonly onError: () => void;
  readonly env?: Readonly<Record<string, string>>;
}

async function runGo(
  module: GoModule,
  args: readonly string[],
  interrupt: AbortSignal,
  options: GoOptions,
): Promise<void> {
  interrupt.throwIfAborted();
  const child = startDetached(wrapInPidNamespace(["go", ...args]), {
    stdio: ["ignore", "pipe", "pipe"],
    cwd: module.folder,
    // The user may have set these for other projects. They would change the build, or make it fail.
    env: { ...process.env, GOFLAGS: "", GOWORK: "off", ...options.env },
  });
  const stop = () => {
    killPidNamespace(child);
  };
  interrupt.addEventListener("abort", stop);
  const last: string[] = [];
  const onLines = (stream: NodeJS.ReadableStream | null, onLine: (() => void) | undefined) => {
    if (stream === null) return;
    createInterface({ input: stream }).on("line", (line) => {
      last.push(line);
      last.splice(0, last.length - 30);
      onLine?.();
    });
  };
  onLines(child.stdout, options.onOutput);
  onLines(child.stderr, options.onError);
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  interrupt.removeEventListener("abort", stop);
  interrupt.throwIfAborted();
  if (signal !== null) last.push(`ended by ${signal}`);
  if (code !== 0)
    throw new Error(explainFailure(`go ${args[0] ?? ""} of lab/${module.name}`, last));
}
