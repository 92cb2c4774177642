import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { CLUSTER_DOMAIN, type Site } from "../network/address-plan";
import { Child } from "../process/child";
import { createControlGroup } from "../process/control-groups";
import { getContainerdSocket } from "./containerd";
import type { ControlPlane } from "./control-plane";

interface KubeletArgs {
  readonly site: Site;
  readonly controlPlane: ControlPlane;
  /** Path of the program. */
  readonly command: string;
  /** Folder on a tmpfs, which containerd uses too. */
  readonly dir: string;
  readonly logs: string;
}

// Every kubelet has its socket for device plugins in this folder, and deletes what it finds there. So each has its own
// mount there. Its other mounts are below /run, which is shared: containerd sees the volumes of pods.
const WITH_OWN_FOLDER =
  'mkdir -p /var/lib/kubelet && mount -t tmpfs lab /var/lib/kubelet && exec "$@"';

/** Starts the kubelet, which registers the Node and runs its pods with containerd. */
export function startKubelet(args: KubeletArgs): Child {
  const { site, controlPlane, dir, logs } = args;
  const podLogs = join(logs, "pods");
  mkdirSync(podLogs, { recursive: true });
  // Pods with the DNS policy "Default" get the servers of this file. The lab's internet has none.
  const resolvConf = join(dir, "resolv.conf");
  writeFileSync(resolvConf, "");
  const config = join(dir, "kubelet.json");
  writeFileSync(config, JSON.stringify(buildConfig(args, { podLogs, resolvConf }), null, 2));
  return new Child({
    name: `kubelet of ${site.name}`,
    command: "unshare",
    args: [
      ...["--mount", "--propagation", "unchanged", "--", "sh", "-c", WITH_OWN_FOLDER, "sh"],
      args.command,
      `--config=${config}`,
      `--kubeconfig=${controlPlane.writeKubeconfig("system:node")}`,
      `--root-dir=${join(dir, "kubelet")}`,
      `--cert-dir=${join(dir, "kubelet-certs")}`,
      `--hostname-override=${site.nodeName}`,
      `--node-ip=${site.management.node}`,
    ],
    log: join(logs, "kubelet.log"),
    netns: site.netns,
  });
}

/** @see https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/ */
function buildConfig(
  { site, controlPlane, dir }: KubeletArgs,
  { podLogs, resolvConf }: { podLogs: string; resolvConf: string },
): object {
  const { certs } = controlPlane;
  return {
    apiVersion: "kubelet.config.k8s.io/v1beta1",
    kind: "KubeletConfiguration",
    address: site.management.node,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: certs.caCert },
    },
    authorization: { mode: "Webhook" },
    tlsCertFile: certs.node.cert,
    tlsPrivateKeyFile: certs.node.key,
    clusterDNS: [site.clusterDNS],
    clusterDomain: CLUSTER_DOMAIN,
    resolvConf,
    containerRuntimeEndpoint: `unix://${getContainerdSocket(dir)}`,
    cgroupDriver: "cgroupfs",
    cgroupRoot: createControlGroup(site.name),
    failCgroupV1: false,
    failSwapOn: false,
    seccompDefault: true,
    podLogsDir: podLogs,
    serializeImagePulls: false,
    // The user shares the machine: reserve nothing, and evict no pod because the disk is nearly full.
    enforceNodeAllocatable: [],
    evictionHard: {
      "memory.available": "1Mi",
      "nodefs.available": "0%",
      "nodefs.inodesFree": "0%",
      "imagefs.available": "0%",
      "imagefs.inodesFree": "0%",
    },
    imageGCHighThresholdPercent: 100,
    // Pods see a changed Secret or ConfigMap at the latest after this time.
    syncFrequency: "10s",
  };
}
