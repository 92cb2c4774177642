import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { CONTAINERD_NAMESPACE, formatContainerdConfig } from "../cluster/containerd-config";
import { Child } from "../process/child";
import { runCommand } from "../process/run-command";
import type { Step } from "../process/steps";
import { until } from "../process/until";

/** A folder of the cache with images, as containerd unpacks them. The containerd of each node starts with a copy. */
export interface PreparedImages {
  readonly store: string;
  /** The digest of each image, by the reference that pods use. */
  readonly digests: Readonly<Record<string, string>>;
}

/** A path to the working directory, because the path of a socket is limited to 107 bytes. */
const SOCKET = "/proc/self/cwd/containerd.sock";
const DIGESTS_FILE = "digests.json";

/** Reads what {@link pullImages} wrote into a folder. */
export async function readImages(store: string): Promise<PreparedImages> {
  const digests = JSON.parse(
    await readFile(join(store, DIGESTS_FILE), "utf8"),
  ) as PreparedImages["digests"];
  return { store, digests };
}

interface PullArgs {
  /** Folder of containerd and ctr. */
  readonly bin: string;
  /** Root folder of containerd. */
  readonly root: string;
  /** Address and port of a registry that has the images of all registries. @default each image's own registry */
  readonly mirror?: string;
  readonly step: Step;
  readonly signal: AbortSignal;
}

/**
 * Pulls images by their digests, which are given by reference, and unpacks them into the root folder of a containerd that
 * runs only for that.
 */
export async function pullImages(
  digests: Readonly<Record<string, string>>,
  args: PullArgs,
): Promise<void> {
  const { bin, root, mirror, step, signal } = args;
  const folder = join(root, "pull");
  await mkdir(folder);
  const config = join(folder, "containerd.toml");
  await writeFile(
    config,
    formatContainerdConfig({ root, state: join(folder, "state"), address: SOCKET }),
  );
  const hosts = mirror === undefined ? [] : ["--hosts-dir", await writeMirror(folder, mirror)];
  const containerd = new Child({
    name: "containerd",
    // With its mounts in a namespace of its own, nothing stays mounted when it is killed.
    command: "unshare",
    args: ["--mount", "--", join(bin, "containerd"), "--config", config],
    cwd: folder,
    log: join(folder, "containerd.log"),
  });
  const ctr = (...args: string[]) =>
    runCommand(
      join(bin, "ctr"),
      ["--address", SOCKET, "--namespace", CONTAINERD_NAMESPACE, ...args],
      { cwd: folder, signal },
    );
  step.reportWait("containerd");
  try {
    await until("containerd ready", () => ctr("version"), { alive: [containerd] });
    for (const [reference, digest] of Object.entries(digests)) {
      step.reportWait(`containerd to pull and unpack ${reference}`);
      const pinned = `${reference}@${digest}`;
      await ctr("images", "pull", ...hosts, pinned);
      await ctr("images", "tag", pinned, reference);
    }
  } finally {
    await containerd.stop();
  }
  await rm(folder, { recursive: true });
  await writeFile(join(root, DIGESTS_FILE), JSON.stringify(digests, null, 2));
}

/** Writes containerd's configuration of a registry that stands for all others; returns its folder. */
async function writeMirror(folder: string, mirror: string): Promise<string> {
  const hosts = join(folder, "hosts");
  await mkdir(join(hosts, "_default"), { recursive: true });
  await writeFile(
    join(hosts, "_default/hosts.toml"),
    `[host."http://${mirror}"]\n  capabilities = ["pull", "resolve"]\n`,
  );
  return hosts;
}
