import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { runCommand } from "../process/run-command";

/**
 * Paths of the cluster's own certificates and keys. Users authenticate with tokens, so that no kubeconfig holds a private
 * key. Certificates are only for connections where Kubernetes accepts nothing else.
 */
export interface ClusterCerts {
  /** The certificate authority of this cluster. */
  readonly caCert: string;
  readonly caKey: string;
  readonly caPem: string;
  readonly etcd: KeyPair;
  readonly apiServer: KeyPair;
  /** The API server as a client of etcd and of the kubelet. */
  readonly apiServerClient: KeyPair;
  /** The kubelet's API: logs, exec, port-forward. */
  readonly node: KeyPair;
  /** The key that signs service account tokens. */
  readonly serviceAccountKey: string;
}

interface KeyPair {
  readonly cert: string;
  readonly key: string;
}

interface CertsArgs {
  readonly dir: string;
  readonly address: string;
  /** Address of the Service "kubernetes", the first in the range for Services. */
  readonly serviceAddress: string;
  readonly nodeName: string;
}

/** Creates the certificate authority of a cluster, and a certificate and key for each component. */
export async function createCerts(args: CertsArgs): Promise<ClusterCerts> {
  const { dir } = args;
  // The system's openssl.cnf may add extensions.
  const config = join(dir, "openssl.cnf");
  writeFileSync(config, "[req]\ndistinguished_name=dn\n[dn]\n");
  const caKey = join(dir, "ca.key");
  const caCert = join(dir, "ca.crt");
  await createCert(["basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign"], {
    config,
    subject: "/CN=kubernetes",
    key: caKey,
    cert: caCert,
  });

  // `req -x509 -CA` creates a key and a signed certificate in one command. Node's crypto cannot write X.509.
  const issue = async (name: string, subject: string, usage: string, altNames: string[]) => {
    const pair = { key: join(dir, `${name}.key`), cert: join(dir, `${name}.crt`) };
    const extensions = [
      "basicConstraints=critical,CA:FALSE",
      "keyUsage=critical,digitalSignature",
      `extendedKeyUsage=${usage}`,
      ...(altNames.length > 0 ? [`subjectAltName=${altNames.join(",")}`] : []),
    ];
    await createCert(extensions, {
      config,
      subject,
      ...pair,
      signer: ["-CA", caCert, "-CAkey", caKey],
    });
    return pair;
  };
  const [etcd, apiServer, apiServerClient, node] = await Promise.all([
    issue("etcd", "/CN=etcd", "serverAuth,clientAuth", [`IP:${args.address}`]),
    issue("apiserver", "/CN=kube-apiserver", "serverAuth", [
      "DNS:kubernetes",
      "DNS:kubernetes.default",
      "DNS:kubernetes.default.svc",
      "DNS:kubernetes.default.svc.cluster.local",
      `IP:${args.serviceAddress}`,
      `IP:${args.address}`,
    ]),
    issue("apiserver-client", "/O=system:masters/CN=kube-apiserver", "clientAuth", []),
    issue("node", `/O=system:nodes/CN=system:node:${args.nodeName}`, "serverAuth", [
      `DNS:${args.nodeName}`,
      `IP:${args.address}`,
    ]),
  ]);

  const serviceAccountKey = join(dir, "service-accounts.key");
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  writeFileSync(serviceAccountKey, privateKey.export({ type: "sec1", format: "pem" }), {
    mode: 0o600,
  });
  const caPem = readFileSync(caCert, "utf8");
  return { caCert, caKey, caPem, etcd, apiServer, apiServerClient, node, serviceAccountKey };
}

interface CertRequest extends KeyPair {
  readonly config: string;
  readonly subject: string;
  readonly signer?: readonly string[];
}

async function createCert(extensions: readonly string[], request: CertRequest): Promise<void> {
  const { config, subject, key, cert, signer = [] } = request;
  await runCommand("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"],
    ...["-config", config, "-days", "30", "-subj", subject, "-keyout", key, "-out", cert],
    ...signer,
    ...extensions.flatMap((extension) => ["-addext", extension]),
  ]);
}
