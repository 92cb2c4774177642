import { once } from "node:events";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { killPidNamespace, wrapInPidNamespace, startDetached } from "../process/linux-namespaces";
import type { Step } from "../process/steps";
import { ensureCached } from "./cache";
import { createCacheKey, readSources } from "./cache-key";

const REPORT_MS = 1000;
/** The linker would throw away what a debugger needs; not to make it saves a seventh of the compiler's time. */
const NO_DEBUGGING = "-gcflags=all=-dwarf=false";
/** Memory for time: the compiler collects its garbage less often, which saves it another seventh. */
const GOGC = "400";

export interface GoModule {
  readonly name: string;
  /** The module's folder in the project. */
  readonly folder: string;
  /** What to build, as arguments of `go build`: packages, or "tool" for what go.mod names so. */
  readonly packages: readonly string[];
  /** Name of the program, where it is one that is not to be called after its package. */
  readonly program?: string;
  /** Variables that the linker sets, such as a version that others ask for. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Builds a Go module's commands into the cache, and gives the folder that has them in `bin`. */
export async function buildGoModule(
  cache: string,
  module: GoModule,
  step: Step,
  interrupt: AbortSignal,
): Promise<string> {
  const { name, folder, packages, program = "", variables = {} } = module;
  const defined = Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`);
  const flags = ["-trimpath", NO_DEBUGGING, "-ldflags", ["-s", "-w", ...defined].join(" ")];
  const platform = [process.platform, process.arch];
  const key = createCacheKey([...readSources(folder), ...packages, program, ...flags, ...platform]);
  return ensureCached({ cache, name, key }, step, async (partial) => {
    const bin = join(partial, "bin");
    const temporary = join(partial, "tmp");
    await Promise.all([mkdir(bin), mkdir(temporary)]);
    const total = await countPackages(module, step, interrupt);
    let compiled = 0;
    const report = setInterval(() => {
      const linked = linkedPrograms(temporary);
      const linking = linked > 0 ? `, program ${linked} being linked` : "";
      step.reportWait(`the compiler: ${compiled} of at most ${total} packages${linking}`);
    }, REPORT_MS);
    const build = ["build", "-v", ...flags, "-o", `${bin}/${program}`, ...packages];
    try {
      await go(module, build, interrupt, {
        error: () => ++compiled,
        // Beside the result, so that nothing is left elsewhere when the build is killed.
        env: { GOTMPDIR: temporary, GOGC },
      });
    } finally {
      clearInterval(report);
    }
    await rm(temporary, { recursive: true });
  });
}

/** Programs that `go build` has begun to link in its temporary folder: it moves all of them at the end. */
function linkedPrograms(temporary: string): number {
  return readdirSync(temporary)
    .flatMap((build) => readdirSync(join(temporary, build)).map((part) => join(build, part, "exe")))
    .filter((place) => existsSync(join(temporary, place))).length;
}

async function countPackages(module: GoModule, step: Step, interrupt: AbortSignal) {
  let downloads = 0;
  let packages = 0;
  step.reportWait("the list of packages");
  await go(module, ["list", "-deps", ...module.packages], interrupt, {
    output: () => ++packages,
    error: () => {
      step.reportWait(`modules: ${++downloads} downloaded`);
    },
  });
  return packages;
}

interface GoOptions {
  readonly output?: () => void;
  readonly error: () => void;
  readonly env?: Readonly<Record<string, string>>;
}

async function go(
  module: GoModule,
  args: readonly string[],
  interrupt: AbortSignal,
  options: GoOptions,
): Promise<void> {
  interrupt.throwIfAborted();
  const child = startDetached(wrapInPidNamespace(["go", ...args]), {
    stdio: ["ignore", "pipe", "pipe"],
    cwd: module.folder,
    // What the user has set for other projects would change what is built, or refuse it.
    env: { ...process.env, GOFLAGS: "", GOWORK: "off", ...options.env },
  });
  const stop = () => {
    killPidNamespace(child);
  };
  interrupt.addEventListener("abort", stop);
  const last: string[] = [];
  const onLines = (stream: NodeJS.ReadableStream | null, told: (() => void) | undefined) => {
    if (stream === null) return;
    createInterface({ input: stream }).on("line", (line) => {
      last.push(line);
      last.splice(0, last.length - 30);
      told?.();
    });
  };
  onLines(child.stdout, options.output);
  onLines(child.stderr, options.error);
  const [code, signal] = (await once(child, "close")) as [number | null, string | null];
  interrupt.removeEventListener("abort", stop);
  interrupt.throwIfAborted();
  if (signal !== null) last.push(`ended by ${signal}`);
  if (code !== 0) throw new Error(explainFailure(`go ${args[0] ?? ""} of lab/${module.name}`, last));
}

/** What a failed download or build complained of, and what to do about it. */
export function explainFailure(what: string, lines: readonly string[]): string {
  const complaints = lines.filter(
    (line) => /[\s:]/.test(line) && !line.startsWith("go: downloading "),
  );
  const text = [...new Set(complaints)].slice(-6).join("\n");
  const advice = ADVICE.find(([pattern]) => pattern.test(text))?.[1];
  return [`${what} failed.`, ...(advice === undefined ? [] : [advice]), text].join("\n");
}

const ADVICE: readonly [RegExp, string][] = [
  [
    /no space left on device|disk quota exceeded/i,
    "The disk is full: a first build needs about 15 GB in Go's caches (go env GOCACHE GOMODCACHE), /tmp and the lab's own.",
  ],
  [
    /dial tcp|no such host|lookup .* on|connection refused|i\/o timeout|TLS handshake|proxyconnect|GOPROXY=off|NewConnectionError|No matching distribution/i,
    "A package registry could not be reached: the first run needs the network (or GOPROXY, and pip's index-url, set to a mirror); later runs do not.",
  ],
  [
    /signal: killed|cannot allocate memory/i,
    "The compiler ran out of memory: 4 GiB do; GOMAXPROCS=1 needs less.",
  ],
];

/** The text of a module's go.mod. */
export const readGoMod = (folder: string) => readFileSync(join(folder, "go.mod"), "utf8");
