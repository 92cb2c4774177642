import { join } from "node:path";

import type { Site } from "../network/address-plan";
import { Child } from "../process/child";
import type { ControlPlane } from "./control-plane";

interface ComponentArgs {
  /** Where the component runs: a site of the lab, or a network of the machine itself. */
  readonly site: { readonly name: string; readonly netns?: string };
  readonly controlPlane: ControlPlane;
  readonly bin: string;
  readonly logs: string;
}

/** Starts the controller manager. There is only one, so leader election is off. */
export function startControllerManager({ controlPlane, ...args }: ComponentArgs): Child {
  const { certs } = controlPlane;
  return startComponent(args, "kube-controller-manager", {
    kubeconfig: controlPlane.writeKubeconfig("system:kube-controller-manager"),
    "use-service-account-credentials": "true",
    // Each controller first requests its own token, which takes five seconds at the default rate.
    "kube-api-qps": "500",
    "kube-api-burst": "500",
    "root-ca-file": certs.caCert,
    "service-account-private-key-file": certs.serviceAccountKey,
    "leader-elect": "false",
    "secure-port": "0",
    profiling: "false",
  });
}

/** Starts the scheduler. There is only one, so leader election is off. */
export function startScheduler({ controlPlane, ...args }: ComponentArgs): Child {
  return startComponent(args, "kube-scheduler", {
    kubeconfig: controlPlane.writeKubeconfig("system:kube-scheduler"),
    "leader-elect": "false",
    "secure-port": "0",
    profiling: "false",
  });
}

const formatHealthAddress = (site: Site) => `${site.management.node}:10256`;

/** The URL at which kube-proxy returns 200 when its rules are in place. */
export const getKubeProxyHealthUrl = (site: Site) => `http://${formatHealthAddress(site)}/healthz`;

/** Starts kube-proxy, which needs the Node object with its addresses. */
export function startKubeProxy({ controlPlane, ...args }: ComponentArgs & { site: Site }): Child {
  const { site } = args;
  return startComponent(args, "kube-proxy", {
    kubeconfig: controlPlane.writeKubeconfig("system:kube-proxy"),
    "hostname-override": site.nodeName,
    "proxy-mode": "iptables",
    "cluster-cidr": site.podCIDR,
    "iptables-min-sync-period": "100ms",
    "iptables-localhost-nodeports": "false",
    "healthz-bind-address": formatHealthAddress(site),
    // Only the machine can change these limits, not a network namespace.
    "conntrack-max-per-core": "0",
    "conntrack-min": "0",
    "conntrack-tcp-timeout-established": "0",
    "conntrack-tcp-timeout-close-wait": "0",
  });
}

function startComponent(
  { site, bin, logs }: Omit<ComponentArgs, "controlPlane">,
  name: string,
  flags: Record<string, string>,
): Child {
  return new Child({
    name: `${name} of ${site.name}`,
    command: join(bin, name),
    args: Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`),
    log: join(logs, `${name}.log`),
    netns: site.netns,
  });
}
