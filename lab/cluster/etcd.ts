import { join } from "node:path";

import type { ClusterCerts } from "./certs";

interface EtcdArgs {
  /** Name of the cluster. */
  readonly name: string;
  /** Folder of the cluster's keys and data. */
  readonly dir: string;
  /** URL for clients. */
  readonly url: string;
  readonly peerUrl: string;
  readonly certs: ClusterCerts;
}

/** Flags of an etcd with one member. */
export function buildEtcdFlags({
  name,
  dir,
  url,
  peerUrl,
  certs,
}: EtcdArgs): Record<string, string> {
  return {
    name,
    "data-dir": join(dir, "etcd"),
    "listen-client-urls": url,
    "advertise-client-urls": url,
    "listen-peer-urls": peerUrl,
    "initial-advertise-peer-urls": peerUrl,
    "initial-cluster": `${name}=${peerUrl}`,
    "cert-file": certs.etcd.cert,
    "key-file": certs.etcd.key,
    "trusted-ca-file": certs.caCert,
    "client-cert-auth": "true",
    "peer-cert-file": certs.etcd.cert,
    "peer-key-file": certs.etcd.key,
    "peer-trusted-ca-file": certs.caCert,
    "peer-client-cert-auth": "true",
    // Nobody needs the data after a crash of the machine.
    "unsafe-no-fsync": "true",
    "log-level": "warn",
  };
}
