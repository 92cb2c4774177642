import type { Check } from "./check";

/** Something that the program must do. Each check proves one of these. */
export interface Requirement {
  readonly text: string;
  /** Where a requirement is tested, if not by checks of the list. */
  readonly testedBy?: string;
}

const list = {
  // What must pass
  "plain-http-passes": {
    text: "The client pod sends plain HTTP to port 80, in HTTP/1.1 or 1.0, without a certificate, and gets 200.",
  },
  "through-both-gateways": {
    text: "The request passes both gateways, and the server sees the client's certificate.",
  },
  "http2-between-proxies": {
    text: "The proxies speak HTTP/2 with each other from the sidecar to the ingress gateway. The application gets HTTP/1.1, unless its Service says otherwise.",
  },
  "sidecar-access-log": {
    text: "Gateways log every request. Sidecars log failed requests only, unless `sidecarAccessLogs` is `all`.",
  },
  "request-id-kept": { text: "The caller's `X-Request-Id` passes all proxies unchanged." },
  "forwarded-headers": {
    text: "The application learns the caller's scheme and the address that connected to the ingress gateway, and nothing from inside the client mesh.",
  },
  "trailing-dot-passes": { text: "A host with a trailing dot is the same host." },
  "websocket-passes": { text: "A WebSocket passes, and carries messages in both directions." },
  "tls-versions": {
    text: "The ingress gateway accepts TLS 1.2 and 1.3, and the meshes use 1.3.",
  },
  "every-host-and-client": {
    text: "Every host of the list passes, for every admitted client. The lab has three hosts and three clients: a mesh, and two TLS clients with certificates of their own intermediates. `npm run verify` tests the mesh only.",
  },
  "node-port": {
    text: "The same checks pass with a NodePort in place of the load balancer.",
    testedBy:
      "The [lab test](../test/lab/scenario.test.ts) repeats all checks with a NodePort, together with a shared egress gateway.",
  },
  "shared-egress-gateway": {
    text: "The same checks pass with a dedicated and with a shared egress gateway.",
    testedBy:
      "The [lab test](../test/lab/scenario.test.ts) repeats all checks with each, the shared one together with a NodePort.",
  },

  // What the server must refuse
  "certificate-required": { text: "A client without a certificate is refused." },
  "self-signed-refused": { text: "A self-signed certificate is refused." },
  "other-ca-refused": { text: "A certificate of another CA is refused." },
  "unknown-name-refused": {
    text: "A certificate of the right CA whose name is not on the list is refused.",
  },
  "workload-certificate-refused": {
    text: "A workload certificate of either mesh is refused.",
  },
  "server-certificate-refused": {
    text: "A certificate for servers only (serverAuth) is refused.",
  },
  "san-required": {
    text: "A certificate with the name in its common name only, without a SAN, is refused.",
  },
  "validity-checked": {
    text: "A certificate that has expired, or is not yet valid, is refused.",
  },
  "intermediate-required": { text: "A leaf without its intermediate is refused." },
  "weak-tls-refused": {
    text: "TLS 1.1 and TLS 1.2 ciphers without AEAD are refused, and each end refuses less than its `minTlsVersion`.",
  },
  "unknown-host-refused": {
    text: "An SNI of an unknown host, and a Host header that differs from the SNI, are refused.",
  },
  "hosts-per-client": {
    text: "A client reaches only the hosts that its entry in `clients` lists. For other hosts, the ingress gateway answers with 403.",
  },
  "suspended-client-refused": {
    text: "A suspended client gets 403, with a body that says that it is suspended.",
  },
  "plain-http-refused": {
    text: "Plain HTTP on port 443 is refused, and port 80 is not open.",
  },
  "identity-required": {
    text: "A certificate with an admitted DNS name but another identity gets 403.",
  },
  "forged-xfcc-dropped": {
    text: "A forged `X-Forwarded-Client-Cert` header does not reach the application.",
  },
  "revoked-certificate-refused": {
    text: "A certificate with a revoked serial number is refused.",
    testedBy:
      'The [lab test](../test/lab/scenario.test.ts) tells the story `revoke`: the certificate gets 200, then alert "certificate revoked", then 200 again.',
  },
  "removed-client-refused": {
    text: "A client that is removed, suspended or revoked is refused: new connections at once, open ones within a bound.",
    testedBy:
      "The [lab test](../test/lab/scenario.test.ts) tells the story `revoke-live`, with a live connection of the client in each way.",
  },

  // What the meshes must refuse
  "strict-mtls": {
    text: "Plaintext from a pod outside the mesh does not reach the service (STRICT).",
  },
  "registry-only": {
    text: "The client pod does not reach an unknown host (REGISTRY_ONLY).",
  },
  "no-direct-connection": {
    text: "No pod of the application reaches the server without the egress gateway, with or without a sidecar.",
  },
  "pods-stay-in-cluster": {
    text: "A pod of the application reaches the cluster's DNS and other pods, but nothing outside the cluster, such as the metadata server.",
  },
  "callers-only": {
    text: "Only the service accounts in `callers` can use the egress gateway, each for its hosts.",
  },
  "rogue-server-refused": {
    text: "A server with another name or of another CA gets no byte of the request, and the client gets 503.",
  },
  "secrets-forbidden": {
    text: "No service account of gateways and applications can read or list a Secret with a private key, except a gateway its own.",
  },

  // Certificates and keys
  "ecdsa-p256": { text: "All keys are ECDSA P-256, and all signatures use SHA-256." },
  "ca-profile": {
    text: "CAs have CA:TRUE (critical), and can sign certificates and CRLs only. Intermediates have path length 0 and name constraints (critical).",
  },
  "ca-limited-to-own-names": {
    text: "A stolen intermediate key can sign the names of its own mesh only, and no further CA. Both gateways refuse everything else.",
  },
  "leaf-profile": {
    text: "Leaves have CA:FALSE, one usage, and a SAN. Every certificate expires before its issuer.",
  },
  "unique-serials": { text: "Serial numbers are unique and have at least 64 bits." },
  "revocation-lists-renewed": {
    text: "Revocation lists, if there are any, are renewed long before they expire.",
  },
  "same-trust-anchors": {
    text: "All proxies of both meshes trust the same roots, and have certificates under the root of their mesh's CA.",
  },
  "ca-keys-in-place": {
    text: "The root key is in neither cluster, and `cacerts` holds the key of its own mesh only.",
  },
  "no-key-leaked": {
    text: "No private key appears in plain text in a state file, an output, a log, or a preview.",
  },

  // The clusters
  "hardened-clusters": {
    text: "GKE clusters are hardened: private nodes, authorized networks, Workload Identity, Shielded Nodes, a dedicated node account, release channel, no legacy authentication, deletion protection, encrypted Secrets.",
    testedBy:
      "[Unit tests](../test/unit/components/gke) assert each setting on recorded resources. The [policy pack](../policy/README.md) has a rule for each, with an example that it stops.",
  },
  "gateway-metrics": {
    text: "Both gateways export the metrics that the dashboard and the alerts use.",
  },
} as const satisfies Readonly<Record<string, Requirement>>;

export type RequirementKey = keyof typeof list;

/** All requirements by key, whether a check proves them or not. */
export const requirements: Readonly<Record<RequirementKey, Requirement>> = list;

/** A requirement, and how it is covered. */
export interface Coverage extends Requirement {
  readonly key: RequirementKey;
  /** Slugs of the checks that prove it. */
  readonly coveredBy: readonly Check["slug"][];
}

/** How each requirement is covered by these checks. */
export function coverageOf(checks: readonly Check[]): readonly Coverage[] {
  return (Object.keys(list) as RequirementKey[]).map((key) => ({
    key,
    ...requirements[key],
    coveredBy: checks.filter(({ requirement }) => requirement === key).map(({ slug }) => slug),
  }));
}
