import type { ClusterCerts } from "./certs";

export const LOOPBACK = "127.0.0.1";

interface ApiServerArgs {
  /** Folder of the cluster's keys and data. */
  readonly dir: string;
  readonly address: string;
  readonly port: number;
  readonly etcdUrl: string;
  /** Path of the file with the users' tokens. */
  readonly tokenFile: string;
  readonly serviceCIDR: string;
  readonly certs: ClusterCerts;
}

/** Flags of kube-apiserver. */
export function buildApiServerFlags(args: ApiServerArgs): Record<string, string> {
  const { dir, address, port, etcdUrl, tokenFile, serviceCIDR, certs } = args;
  return {
    "bind-address": address,
    "secure-port": String(port),
    "advertise-address": address,
    // A loopback address cannot be an endpoint of the Service "kubernetes".
    "endpoint-reconciler-type": address === LOOPBACK ? "none" : "lease",
    "etcd-servers": etcdUrl,
    "etcd-cafile": certs.caCert,
    "etcd-certfile": certs.apiServerClient.cert,
    "etcd-keyfile": certs.apiServerClient.key,
    "tls-cert-file": certs.apiServer.cert,
    "tls-private-key-file": certs.apiServer.key,
    "client-ca-file": certs.caCert,
    "token-auth-file": tokenFile,
    "authorization-mode": "Node,RBAC",
    "kubelet-certificate-authority": certs.caCert,
    "kubelet-client-certificate": certs.apiServerClient.cert,
    "kubelet-client-key": certs.apiServerClient.key,
    "kubelet-preferred-address-types": "InternalIP",
    "service-cluster-ip-range": serviceCIDR,
    "service-account-issuer": "https://kubernetes.default.svc.cluster.local",
    "service-account-key-file": certs.serviceAccountKey,
    "service-account-signing-key-file": certs.serviceAccountKey,
    "allow-privileged": "true",
    profiling: "false",
    "cert-dir": dir,
  };
}
