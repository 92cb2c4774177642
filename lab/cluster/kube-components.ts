import { join } from "node:path";

import type { Site } from "../network/address-plan";
import { Child } from "../process/child";
import type { ControlPlane } from "./control-plane";

export interface ComponentArgs {
  /** Where it runs: a site of the lab, or a cluster on this machine's own network. */
  readonly site: { readonly name: string; readonly netns?: string };
  readonly controlPlane: ControlPlane;
  readonly bin: string;
  readonly logs: string;
}

/** The controllers: there is one of them, so none has to be elected. */
export function startControllerManager({ controlPlane, ...args }: ComponentArgs): Child {
  const { certs: pki } = controlPlane;
  return startComponent(args, "kube-controller-manager", {
    kubeconfig: controlPlane.writeKubeconfig("system:kube-controller-manager"),
    "use-service-account-credentials": "true",
    // Each controller asks for a token of its own first; the default rate makes that take five seconds.
    "kube-api-qps": "500",
    "kube-api-burst": "500",
    "root-ca-file": pki.caCert,
    "service-account-private-key-file": pki.serviceAccountKey,
    "leader-elect": "false",
    "secure-port": "0",
    profiling: "false",
  });
}

/** The scheduler, one as well. */
export function startScheduler({ controlPlane, ...args }: ComponentArgs): Child {
  return startComponent(args, "kube-scheduler", {
    kubeconfig: controlPlane.writeKubeconfig("system:kube-scheduler"),
    "leader-elect": "false",
    "secure-port": "0",
    profiling: "false",
  });
}

const healthAddress = (site: Site) => `${site.management.node}:10256`;

/** Where kube-proxy answers 200 once its rules are in place. */
export const getKubeProxyHealthUrl = (site: Site) => `http://${healthAddress(site)}/healthz`;

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
    "healthz-bind-address": healthAddress(site),
    // These limits belong to the machine; a network namespace cannot set them.
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
