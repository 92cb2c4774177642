import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";

import type { Site } from "../network/address-plan";
import { POLICY_QUEUE } from "../network/routing";
import { Child } from "../process/child";
import type { Manifest } from "./api-client";
import type { ControlPlane } from "./control-plane";
import { buildClusterRole, buildUser } from "./rbac";

interface EngineArgs {
  readonly site: Site;
  readonly controlPlane: ControlPlane;
  readonly bin: string;
  /** The socket through which containerd reports new pods. */
  readonly nriSocket: string;
  readonly logs: string;
}

/** The engine's user at the API server. */
const USER = "lab:network-policies";

/** Where the engine searches for the socket. Two nodes share this folder, so each engine sees its own in its place. */
const NRI_FOLDER = "/run/nri";
const MOUNT_AND_RUN = `mount --bind "$1" ${NRI_FOLDER} && shift && exec "$@"`;

/**
 * Starts kube-network-policies, which accepts or drops each connection that the node's rules queue. It learns a new pod's
 * address from containerd, before the pod's containers start.
 */
export function startNetworkPolicyEngine(args: EngineArgs): Child {
  const { site, controlPlane, bin, nriSocket, logs } = args;
  mkdirSync(NRI_FOLDER, { recursive: true });
  const flags = {
    kubeconfig: controlPlane.writeKubeconfig(USER),
    "hostname-override": site.nodeName,
    "nfqueue-id": String(POLICY_QUEUE),
    "fail-open": "false",
    "metrics-bind-address": "127.0.0.1:9080",
  };
  return new Child({
    name: `kube-network-policies of ${site.name}`,
    command: "unshare",
    args: [
      ...["--mount", "sh", "-c", MOUNT_AND_RUN, "sh", dirname(nriSocket)],
      // The Go module of kube-network-policies names its program "standard".
      join(bin, "standard"),
      ...Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`),
    ],
    log: join(logs, "kube-network-policies.log"),
    netns: site.netns,
  });
}

/** Builds the role of the engine. */
export function buildNetworkPolicyRbac(): Manifest[] {
  const verbs = ["list", "watch"];
  return buildClusterRole(
    USER,
    [
      { apiGroups: [""], resources: ["pods", "namespaces"], verbs },
      { apiGroups: ["networking.k8s.io"], resources: ["networkpolicies"], verbs },
    ],
    buildUser(USER),
  );
}
