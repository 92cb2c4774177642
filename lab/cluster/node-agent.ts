import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { CLUSTER_DOMAIN, type Site } from "../network/address-plan";
import { Child } from "../process/child";
import type { ControlPlane } from "./control-plane";
import type { ImageEntry } from "./image-table";

interface NodeAgentArgs {
  readonly site: Site;
  readonly controlPlane: ControlPlane;
  /** Path of the program, built from lab/node. */
  readonly command: string;
  readonly images: readonly ImageEntry[];
  /** Folder on a tmpfs for volumes and for the files that containers write. */
  readonly dir: string;
  readonly logs: string;
}

/** Starts the node agent, which registers the Node, runs its pods and assigns addresses to LoadBalancer Services. */
export function startNodeAgent(args: NodeAgentArgs): Child {
  const { site, controlPlane } = args;
  const { certs } = controlPlane;
  const logDir = join(args.logs, "pods");
  const workDir = join(args.dir, "pods");
  for (const dir of [logDir, workDir]) mkdirSync(dir, { recursive: true });
  const config = join(args.dir, "node.json");
  writeFileSync(
    config,
    JSON.stringify(
      {
        nodeName: site.nodeName,
        kubeconfig: controlPlane.writeKubeconfig("lab:node"),
        internalIP: site.management.node,
        externalIP: site.public.node,
        podCIDR: site.podCIDR,
        clusterDNS: site.clusterDNS,
        clusterDomain: CLUSTER_DOMAIN,
        loadBalancerCIDR: site.loadBalancerCIDR,
        servingCert: certs.node.cert,
        servingKey: certs.node.key,
        clientCA: certs.caCert,
        workDir,
        logDir,
        images: args.images,
      },
      null,
      2,
    ),
  );
  return new Child({
    name: `node agent of ${site.name}`,
    command: args.command,
    args: ["--config", config],
    log: join(args.logs, "node-agent.log"),
    netns: site.netns,
  });
}
