import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { Child } from "../process/child";
import { findFreePorts } from "../process/free-ports";
import { until } from "../process/until";
import { ApiClient } from "./api-client";
import { buildApiServerFlags, LOOPBACK } from "./api-server";
import {
  createTokens,
  formatKubeconfig,
  formatTokenFile,
  type KubeconfigArgs,
  type User,
  writeSecretFile,
} from "./auth";
import { type ClusterCerts, createCerts } from "./certs";
import { buildEtcdFlags } from "./etcd";

interface ControlPlaneArgs {
  readonly name: string;
  /** Folder for keys and data. They are secret: use a tmpfs, or remove the folder afterwards. */
  readonly dir: string;
  /** Folder of the built programs. */
  readonly bin: string;
  /** Folder for logs. */
  readonly logs: string;
  /** Address on which etcd and the API server listen. @default "127.0.0.1" */
  readonly address?: string;
  /** Path of the network namespace that has the address. */
  readonly netns?: string;
  /** Address range for Services. @default "10.100.0.0/16" */
  readonly serviceCIDR?: string;
  /** @default the cluster's name with "-node" */
  readonly nodeName?: string;
}

/** A running etcd and kube-apiserver, and what other components need to connect to them. */
export interface ControlPlane {
  readonly name: string;
  /** URL of the API server. */
  readonly server: string;
  /** Path of the administrator's kubeconfig. It holds a token, not a private key. */
  readonly kubeconfig: string;
  readonly kubeconfigText: string;
  readonly certs: ClusterCerts;
  readonly client: ApiClient;
  /** Writes the kubeconfig of another user of the cluster; returns its path. */
  writeKubeconfig(user: User): string;
  readonly etcd: Child;
  readonly apiServer: Child;
  stop(): Promise<void>;
}

/** Saves a fifth of the processor time of the start, for about 100 MB of memory until the limit is near. */
const GC_ENV = { GOGC: "400", GOMEMLIMIT: "500MiB" };

/** Starts etcd and kube-apiserver, and waits until the API server is ready. */
export async function startControlPlane(args: ControlPlaneArgs): Promise<ControlPlane> {
  const { name, dir, netns, address = LOOPBACK, serviceCIDR = "10.100.0.0/16" } = args;
  const { nodeName = `${name}-node` } = args;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  mkdirSync(args.logs, { recursive: true });

  // In a network namespace of its own, all ports are free. This process could not try them from outside.
  const [port = 0, etcdPort = 0, peerPort = 0] =
    netns === undefined ? await findFreePorts(address, 3) : [6443, 2379, 2380];
  const server = `https://${address}:${port}`;
  const etcdUrl = `https://${address}:${etcdPort}`;
  const peerUrl = `https://${address}:${peerPort}`;

  const serviceAddress = serviceCIDR.replace(/\d+\/\d+$/, "1");
  const certs = await createCerts({ dir, address, serviceAddress, nodeName });
  const tokens = createTokens();
  const tokenFile = writeSecretFile(join(dir, "tokens.csv"), formatTokenFile(tokens, nodeName));
  const kubeconfigArgs = (user: User): KubeconfigArgs => {
    return { cluster: name, server, caPem: certs.caPem, token: tokens[user] };
  };
  const start = (component: string, program: string, flags: Record<string, string>) =>
    new Child({
      name: `${component} of ${name}`,
      command: join(args.bin, program),
      args: Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`),
      log: join(args.logs, `${component}.log`),
      netns,
      env: GC_ENV,
    });

  const etcd = start(
    "etcd",
    // The Go module of etcd names its program "server".
    "server",
    buildEtcdFlags({ name, dir, url: etcdUrl, peerUrl, certs }),
  );
  const apiServer = start(
    "kube-apiserver",
    "kube-apiserver",
    buildApiServerFlags({ dir, address, port, etcdUrl, tokenFile, serviceCIDR, certs }),
  );
  const client = new ApiClient(server, certs.caPem, tokens.admin);
  const stop = async () => {
    client.close();
    await apiServer.stop();
    await etcd.stop();
  };
  try {
    await until(`API server of ${name} ready`, async () => client.get("/readyz"), {
      deadlineMs: 120_000,
      alive: [apiServer, etcd],
    });
  } catch (error) {
    await stop();
    throw error;
  }
  const kubeconfigText = formatKubeconfig(kubeconfigArgs("admin"));
  return {
    name,
    server,
    kubeconfig: writeSecretFile(join(dir, "kubeconfig"), kubeconfigText),
    kubeconfigText,
    certs,
    client,
    writeKubeconfig: (user) => {
      const file = join(dir, `${user.replaceAll(":", "-")}.kubeconfig`);
      return writeSecretFile(file, formatKubeconfig(kubeconfigArgs(user)));
    },
    etcd,
    apiServer,
    stop,
  };
}
