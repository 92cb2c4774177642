import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Site } from "../network/address-plan";
import { Child } from "../process/child";
import { formatContainerdConfig } from "./containerd-config";
import { copyImageStore } from "./copy-image-store";

interface ContainerdArgs {
  readonly site: Site;
  /** Folder of containerd, its shim and the network plugins. */
  readonly bin: string;
  /** Prepared store of images, which containerd starts with. */
  readonly imageStore: string;
  /** Folder on a tmpfs, for what containers write. */
  readonly dir: string;
  readonly logs: string;
}

export const getContainerdSocket = (dir: string) => join(dir, "containerd.sock");
const getNriFolder = (dir: string) => join(dir, "nri");
/** The socket through which containerd reports new pods. */
export const getNriSocket = (dir: string) => join(getNriFolder(dir), "nri.sock");

/** Starts containerd, which runs the containers of a node with runc. */
export function startContainerd({ site, bin, imageStore, dir, logs }: ContainerdArgs): Child {
  const root = join(dir, "containerd");
  copyImageStore(imageStore, root);
  const networkConfigFolder = join(dir, "cni");
  mkdirSync(networkConfigFolder);
  writeFileSync(
    join(networkConfigFolder, "10-pods.conflist"),
    JSON.stringify(buildPodNetwork(site, dir)),
  );
  const config = join(dir, "containerd.toml");
  writeFileSync(
    config,
    formatContainerdConfig({
      root,
      state: join(dir, "containerd-state"),
      address: getContainerdSocket(dir),
      containers: {
        bin,
        networkConfigFolder,
        runcRoot: join(dir, "runc"),
        nriFolder: getNriFolder(dir),
      },
    }),
  );
  return new Child({
    name: `containerd of ${site.name}`,
    command: join(bin, "containerd"),
    args: ["--config", config],
    log: join(logs, "containerd.log"),
    netns: site.netns,
  });
}

/**
 * Builds the network of the pods: a routed link to each. With a bridge, the response of a pod to another pod that
 * called it through a Service would not pass the node's address translation.
 */
function buildPodNetwork({ podCIDR }: Site, dir: string): object {
  return {
    cniVersion: "1.0.0",
    name: "pods",
    plugins: [
      {
        type: "ptp",
        ipMasq: false,
        mtu: 1500,
        ipam: {
          type: "host-local",
          dataDir: join(dir, "pod-addresses"),
          ranges: [[{ subnet: podCIDR }]],
          routes: [{ dst: "0.0.0.0/0" }],
        },
      },
    ],
  };
}
