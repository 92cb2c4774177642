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

/** Names of control groups and temporary files that a lab, or a part of it, creates. */
const OWN_NAMES = /istio|mtls|lab|kube|containerd|runc|cni|ctr|pulumi|helm|image/i;

/** Reads everything other than processes that a lab could leave on the machine. */
export function readTraces() {
  const run = (command: string, ...args: string[]) =>
    execFileSync(command, args, { encoding: "utf8" });
  return {
    networkNamespaces: run("ip", "netns", "list"),
    links: run("ip", "-o", "link").replace(/@.*/g, ""),
    mounts: readFileSync("/proc/self/mounts", "utf8"),
    rules: run("iptables-save").replace(/^#.*$|\[\d+:\d+\]/gm, ""),
    controlGroups: run("find", "/sys/fs/cgroup", "-type", "d")
      .split("\n")
      .filter((path) => OWN_NAMES.test(path)),
    temporaryFiles: readdirSync(tmpdir()).filter((name) => OWN_NAMES.test(name)),
    kernelSettings: KERNEL_SETTINGS.map((name) => [name, readKernelSetting(name)]),
  };
}

const readKernelSetting = (name: string) => readFileSync(`/proc/sys/${name}`, "utf8").trim();

/** Lists the processes in a PID namespace. */
export function listProcesses(namespace: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => readPidNamespace(pid) === namespace);
}

export function readPidNamespace(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    return undefined; // The process has ended.
  }
}
