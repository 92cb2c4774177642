import { IMAGES } from "../images/references";

/** containerd's namespace for the kubelet. */
export const CONTAINERD_NAMESPACE = "k8s.io";

interface ContainerdConfigArgs {
  /** Folder of the images. */
  readonly root: string;
  readonly state: string;
  /** Path of the socket. */
  readonly address: string;
  /** What the kubelet needs. Without it, containerd only pulls images. */
  readonly containers?: {
    /** Folder of containerd's shim and of the network plugins. */
    readonly bin: string;
    readonly networkConfigFolder: string;
    /** Folder of runc's state. */
    readonly runcRoot: string;
    /** Folder of the socket for plugins that learn of new pods. */
    readonly nriFolder: string;
  };
}

/** These would listen or write outside the lab's folders, or need devices. */
const DISABLED = [
  "io.containerd.internal.v1.opt",
  "io.containerd.snapshotter.v1.blockfile",
  "io.containerd.snapshotter.v1.erofs",
  "io.containerd.snapshotter.v1.native",
  "io.containerd.differ.v1.erofs",
  "io.containerd.mount-handler.v1.erofs",
];
const DISABLED_WITHOUT_CONTAINERS = [
  "io.containerd.nri.v1.nri",
  "io.containerd.grpc.v1.cri",
  "io.containerd.cri.v1.images",
  "io.containerd.cri.v1.runtime",
];

/**
 * Formats the configuration file of containerd.
 *
 * @see https://github.com/containerd/containerd/blob/main/docs/cri/config.md
 */
export function formatContainerdConfig(args: ContainerdConfigArgs): string {
  const { root, state, address, containers } = args;
  const disabled = [...DISABLED, ...(containers ? [] : DISABLED_WITHOUT_CONTAINERS)];
  return `version = 3
root = "${root}"
state = "${state}"
disabled_plugins = ${JSON.stringify(disabled)}

[grpc]
  address = "${address}"
${containers ? formatContainers(containers) : ""}`;
}

function formatContainers({
  bin,
  networkConfigFolder,
  runcRoot,
  nriFolder,
}: NonNullable<ContainerdConfigArgs["containers"]>): string {
  return `
[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "${IMAGES.pause}"

[plugins."io.containerd.cri.v1.runtime"]
  # Its profile would stay in the kernel.
  disable_apparmor = true
  # A lab that runs in a container may not lower it.
  restrict_oom_score_adj = true
[plugins."io.containerd.cri.v1.runtime".cni]
  bin_dirs = ["${bin}"]
  conf_dir = "${networkConfigFolder}"
  use_internal_loopback = true
[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
  runtime_path = "${bin}/containerd-shim-runc-v2"
[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
  Root = "${runcRoot}"

[plugins."io.containerd.nri.v1.nri"]
  socket_path = "${nriFolder}/nri.sock"
  # By default, it starts the plugins of this machine.
  plugin_path = "${nriFolder}/plugins"
  plugin_config_path = "${nriFolder}/conf.d"

[plugins."io.containerd.grpc.v1.cri"]
  stream_server_address = "127.0.0.1"
  stream_server_port = "0"
`;
}
