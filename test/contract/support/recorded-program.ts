import * as k8s from "@pulumi/kubernetes";
import * as random from "@pulumi/random";
import * as tls from "@pulumi/tls";

interface RecordedProgramArgs {
  readonly kubeconfig: string;
  /** Folder of Istio's base chart. */
  readonly chart: string;
  /** Changes one property of each resource. */
  readonly changed?: boolean;
  /** Updates the data of a Secret and a ConfigMap in place. */
  readonly mutable?: boolean;
}

/** Creates the program that was recorded with the official plugins. */
export function recordedProgram(args: RecordedProgramArgs): () => Promise<void> {
  const { changed = false, mutable = false } = args;
  return () => {
    const provider = new k8s.Provider("cluster", {
      kubeconfig: args.kubeconfig,
      ...(mutable && { enableSecretMutable: true, enableConfigMapMutable: true }),
    });
    const leaf = createCertificates(changed);
    new random.RandomPassword("rpw", { length: changed ? 24 : 20, special: false });
    createObjects(provider, changed, leaf);
    createIstio(provider, args);
    return Promise.resolve();
  };
}

function createCertificates(changed: boolean): {
  cert: tls.LocallySignedCert;
  key: tls.PrivateKey;
} {
  const ecdsa = { algorithm: "ECDSA", ecdsaCurve: "P256" };
  const ca = {
    isCaCertificate: true,
    setSubjectKeyId: true,
    allowedUses: ["cert_signing", "crl_signing"],
  };
  const rootKey = new tls.PrivateKey("root-key", ecdsa);
  const root = new tls.SelfSignedCert("root", {
    ...ca,
    privateKeyPem: rootKey.privateKeyPem,
    subject: { commonName: "demodomain21.com", organization: "demo" },
    validityPeriodHours: 87600,
    earlyRenewalHours: changed ? 800 : 700,
  });
  const intKey = new tls.PrivateKey("int-key", ecdsa);
  const subject = { commonName: "client.demodomain21.com", organization: "demo" };
  const intCsr = new tls.CertRequest("int-csr", { privateKeyPem: intKey.privateKeyPem, subject });
  const int = new tls.LocallySignedCert("int", {
    ...ca,
    caCertPem: root.certPem,
    caPrivateKeyPem: rootKey.privateKeyPem,
    certRequestPem: intCsr.certRequestPem,
    validityPeriodHours: 43800,
    earlyRenewalHours: 700,
    maxPathLength: 0,
  });
  const key = new tls.PrivateKey("leaf-key", ecdsa);
  const csr = new tls.CertRequest("leaf-csr", {
    privateKeyPem: key.privateKeyPem,
    subject,
    dnsNames: ["client.demodomain21.com"],
    uris: ["spiffe://client.demodomain21.com/ns/httpbin/sa/egress"],
  });
  const cert = new tls.LocallySignedCert("leaf", {
    caCertPem: int.certPem,
    caPrivateKeyPem: intKey.privateKeyPem,
    certRequestPem: csr.certRequestPem,
    allowedUses: ["digital_signature", "client_auth"],
    validityPeriodHours: changed ? 336 : 168,
    earlyRenewalHours: 48,
  });
  return { cert, key };
}

function createObjects(
  provider: k8s.Provider,
  changed: boolean,
  leaf: ReturnType<typeof createCertificates>,
): void {
  const ns = new k8s.core.v1.Namespace(
    "ns",
    {
      metadata: {
        name: "httpbin",
        labels: { "istio-injection": "enabled", ...(changed && { phase: "2" }) },
      },
    },
    { provider },
  );
  const namespace = "httpbin";
  const inNamespace = { provider, dependsOn: ns };
  new k8s.core.v1.ConfigMap(
    "auto",
    { metadata: { namespace }, data: { a: changed ? "2" : "1" } },
    inNamespace,
  );
  new k8s.core.v1.ServiceAccount("sa", { metadata: { name: "egress", namespace } }, inNamespace);
  new k8s.core.v1.Secret(
    "sec",
    {
      metadata: { name: "client-credential", namespace },
      type: "kubernetes.io/tls",
      stringData: { "tls.crt": leaf.cert.certPem, "tls.key": leaf.key.privateKeyPem },
    },
    inNamespace,
  );
  new k8s.core.v1.Service(
    "svc",
    {
      metadata: {
        name: "httpbin",
        namespace,
        annotations: { "pulumi.com/skipAwait": "true" },
      },
      spec: {
        selector: { app: "httpbin" },
        ports: [{ name: "http", port: 8000, targetPort: changed ? 8081 : 8080 }],
      },
    },
    inNamespace,
  );
  new k8s.networking.v1.NetworkPolicy(
    "np",
    { metadata: { name: "deny", namespace }, spec: { podSelector: {}, policyTypes: ["Egress"] } },
    inNamespace,
  );
}

function createIstio(provider: k8s.Provider, args: RecordedProgramArgs): void {
  const base = new k8s.helm.v3.Release(
    "base",
    {
      name: "istio-base",
      namespace: "istio-system",
      createNamespace: true,
      chart: args.chart,
      values: { defaultRevision: "", enableCRDTemplates: args.changed ?? false },
    },
    { provider },
  );
  new k8s.apiextensions.CustomResource(
    "gw",
    {
      apiVersion: "networking.istio.io/v1",
      kind: "Gateway",
      metadata: { name: "gw", namespace: "httpbin" },
      spec: {
        selector: { istio: "ingressgateway" },
        servers: [
          {
            port: { number: 443, name: "https", protocol: "HTTPS" },
            tls: {
              mode: "MUTUAL",
              credentialName: "x",
              minProtocolVersion: args.changed === true ? "TLSV1_3" : "TLSV1_2",
            },
            hosts: ["application.demodomain21.com"],
          },
        ],
      },
    },
    { provider, dependsOn: base },
  );
}
