import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { tmpdir } from "node:os";

/** What the kubelet and kube-proxy write, on a machine of their own. */
const KERNEL_SETTINGS = [
  "kernel/keys/root_maxbytes",
  "kernel/keys/root_maxkeys",
  "kernel/panic",
  "kernel/panic_on_oops",
  "net/ipv4/ip_forward",
  "vm/overcommit_memory",
  "vm/panic_on_oom",
];

/** Names of temporary files that a lab, or a part of it, creates. */
const OWN_FILES = /istio|mtls|lab|kube|containerd|runc|cni|ctr|pulumi|helm|image/i;

/** Reads everything other than processes that a lab with this launcher could leave on the machine. */
export function readTraces(launcherPid?: number) {
  return {
    networkNamespaces: run("ip", "netns", "list"),
    links: run("ip", "-o", "link").replace(/@.*/g, ""),
    mounts: readFileSync("/proc/self/mounts", "utf8"),
    rules: run("iptables-save").replace(/^#.*$|\[\d+:\d+\]/gm, ""),
    controlGroups: findControlGroups(launcherPid),
    temporaryFiles: ["/tmp", tmpdir()].flatMap(listOwnFiles),
    kernelSettings: KERNEL_SETTINGS.map((name) => [name, readKernelSetting(name)]),
  };
}

/** Finds the groups of a lab, and groups that its nodes create in the wrong place. Other labs may run. */
function findControlGroups(launcherPid = 0): string {
  const own = ["-name", `istio-mtls-lab-${launcherPid}`, "-prune", "-print"];
  const others = ["-name", "istio-mtls-lab-*", "-prune"];
  return run(
    "find",
    "/sys/fs/cgroup",
    ...own,
    "-o",
    ...others,
    "-o",
    "-name",
    "kubepods",
    "-print",
  );
}

const listOwnFiles = (folder: string) => readdirSync(folder).filter((name) => OWN_FILES.test(name));

const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { encoding: "utf8" });

const readKernelSetting = (name: string) => readFileSync(`/proc/sys/${name}`, "utf8").trim();

/** Lists the processes in a PID namespace. */
export const listProcesses = (namespace: string) =>
  listPids().filter((pid) => readPidNamespace(pid) === namespace);

/** Reads the command line of a process. It is empty when the process has ended. */
export function readCommandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

export const listCommandLines = () => listPids().map(readCommandLine);

const listPids = () =>
  readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);

export function readPidNamespace(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined; // The process has ended.
  }
}
