import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { Child } from "../process/child";
import { findFreePorts } from "../process/free-ports";
import { until } from "../process/until";
import { ApiClient } from "./api-client";
import {
  createTokens,
  formatKubeconfig,
  formatTokenFile,
  writeSecretFile,
  type KubeconfigArgs,
  type User,
} from "./auth";
import { createCerts, type ClusterCerts } from "./certs";

export interface ControlPlaneArgs {
  readonly name: string;
  /** Folder for keys and data: they are secret, so a tmpfs, or a folder that is removed. */
  readonly dir: string;
  /** Folder of the built tools. */
  readonly bin: string;
  /** Folder for logs. */
  readonly logs: string;
  /** Where etcd and the API server listen. @default "127.0.0.1" */
  readonly address?: string;
  /** Path of the network namespace that has the address. */
  readonly netns?: string;
  /** Services get addresses from it. @default "10.100.0.0/16" */
  readonly serviceCIDR?: string;
  /** @default the cluster's name with "-node" */
  readonly nodeName?: string;
}

/** A running etcd and kube-apiserver, and what others need to join them. */
export interface ControlPlane {
  readonly name: string;
  readonly server: string;
  /** Path of the administrator's kubeconfig, and its text: it holds a token, no private key. */
  readonly kubeconfig: string;
  readonly kubeconfigText: string;
  readonly certs: ClusterCerts;
  readonly client: ApiClient;
  /** Writes the kubeconfig of one of the cluster's other users and returns its path. */
  writeKubeconfig(user: User): string;
  readonly children: readonly Child[];
  stop(): Promise<void>;
}

const LOOPBACK = "127.0.0.1";

/** A fifth less processor time while it starts, for about 100 MB more of memory until the limit is near. */
const MEMORY_FOR_SPEED = { GOGC: "400", GOMEMLIMIT: "500MiB" };

/** Starts etcd and kube-apiserver and waits until the API server is ready. */
export async function startControlPlane(args: ControlPlaneArgs): Promise<ControlPlane> {
  const { name, dir, netns, address = LOOPBACK, serviceCIDR = "10.100.0.0/16" } = args;
  const { nodeName = `${name}-node` } = args;
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  mkdirSync(args.logs, { recursive: true });

  // In a namespace of its own all ports are free, and this process could not try them anyway.
  const [port = 0, etcdPort = 0, peerPort = 0] =
    netns === undefined ? await findFreePorts(address, 3) : [6443, 2379, 2380];
  const server = `https://${address}:${port}`;
  const etcdUrl = `https://${address}:${etcdPort}`;
  const peerUrl = `https://${address}:${peerPort}`;

  const pki = await createCerts({
    dir,
    address,
    serviceAddress: serviceCIDR.replace(/\d+\/\d+$/, "1"),
    nodeName,
  });
  const tokens = createTokens();
  const tokensPath = writeSecretFile(join(dir, "tokens.csv"), formatTokenFile(tokens));
  const configOf = (user: User): KubeconfigArgs => {
    return { cluster: name, server, caPem: pki.caPem, token: tokens[user] };
  };
  const start = (component: string, binary: string, flags: Record<string, string>) =>
    new Child({
      name: `${component} of ${name}`,
      command: join(args.bin, binary),
      args: Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`),
      log: join(args.logs, `${component}.log`),
      netns,
      env: MEMORY_FOR_SPEED,
    });

  const etcd = start("etcd", "server", {
    name,
    "data-dir": join(dir, "etcd"),
    "listen-client-urls": etcdUrl,
    "advertise-client-urls": etcdUrl,
    "listen-peer-urls": peerUrl,
    "initial-advertise-peer-urls": peerUrl,
    "initial-cluster": `${name}=${peerUrl}`,
    "cert-file": pki.etcd.cert,
    "key-file": pki.etcd.key,
    "trusted-ca-file": pki.caCert,
    "client-cert-auth": "true",
    "peer-cert-file": pki.etcd.cert,
    "peer-key-file": pki.etcd.key,
    "peer-trusted-ca-file": pki.caCert,
    "peer-client-cert-auth": "true",
    // The data need not survive the machine's crash.
    "unsafe-no-fsync": "true",
    "log-level": "warn",
  });
  const apiServer = start("kube-apiserver", "kube-apiserver", {
    "bind-address": address,
    "secure-port": String(port),
    "advertise-address": address,
    // A loopback address cannot be an endpoint of the Service "kubernetes".
    "endpoint-reconciler-type": address === LOOPBACK ? "none" : "lease",
    "etcd-servers": etcdUrl,
    "etcd-cafile": pki.caCert,
    "etcd-certfile": pki.apiServerClient.cert,
    "etcd-keyfile": pki.apiServerClient.key,
    "tls-cert-file": pki.apiServer.cert,
    "tls-private-key-file": pki.apiServer.key,
    "client-ca-file": pki.caCert,
    "token-auth-file": tokensPath,
    "authorization-mode": "Node,RBAC",
    "kubelet-certificate-authority": pki.caCert,
    "kubelet-client-certificate": pki.apiServerClient.cert,
    "kubelet-client-key": pki.apiServerClient.key,
    "kubelet-preferred-address-types": "InternalIP",
    "service-cluster-ip-range": serviceCIDR,
    "service-account-issuer": "https://kubernetes.default.svc.cluster.local",
    "service-account-key-file": pki.serviceAccountKey,
    "service-account-signing-key-file": pki.serviceAccountKey,
    "allow-privileged": "true",
    profiling: "false",
    "cert-dir": dir,
  });
  const client = new ApiClient(server, pki.caPem, tokens.admin);
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
  const kubeconfigText = formatKubeconfig(configOf("admin"));
  return {
    name,
    server,
    kubeconfig: writeSecretFile(join(dir, "kubeconfig"), kubeconfigText),
    kubeconfigText,
    certs: pki,
    client,
    writeKubeconfig: (user) => {
      const file = join(dir, `${user.replaceAll(":", "-")}.kubeconfig`);
      return writeSecretFile(file, formatKubeconfig(configOf(user)));
    },
    children: [etcd, apiServer],
    stop,
  };
}
