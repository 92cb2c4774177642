import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { CLUSTER_DOMAIN, type Site } from "../network/address-plan";
import { Child } from "../process/child";
import type { ControlPlane } from "./control-plane";
import type { ImageEntry } from "./image-table";

export interface NodeAgentArgs {
  readonly site: Site;
  readonly controlPlane: ControlPlane;
  /** The built lab/node. */
  readonly command: string;
  readonly images: readonly ImageEntry[];
  /** Folder on a tmpfs, for what containers write and for their volumes. */
  readonly dir: string;
  readonly logs: string;
}

/** Starts the node agent: it registers the Node, runs its pods and gives LoadBalancers addresses. */
export function startNodeAgent(args: NodeAgentArgs): Child {
  const { site, controlPlane } = args;
  const { certs: pki } = controlPlane;
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
        servingCert: pki.node.cert,
        servingKey: pki.node.key,
        clientCA: pki.caCert,
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
