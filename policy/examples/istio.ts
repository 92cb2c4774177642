import type { Resource } from "../rule";
import { CONFIG_MAP, PEER_AUTHENTICATION, RELEASE } from "../types";

type Props = Readonly<Record<string, unknown>>;

/** An object of Istio's. */
export function istioObject(type: readonly string[], spec: Props): Resource {
  return {
    type: type[0] ?? "",
    props: { metadata: { name: "example", namespace: "istio-system" }, spec },
  };
}

/** The ingress gateway's TLS as it should be, with `changes` laid over it. */
export function serverTls(changes: Props = {}): Props {
  return {
    mode: "MUTUAL",
    credentialName: "server-credential",
    subjectAltNames: ["client.example.com"],
    minProtocolVersion: "TLSV1_2",
    ...changes,
  };
}

/** The spec of a Gateway with one listener, with `changes` laid over that. */
export function listener(changes: Props = {}): Props {
  const port = { number: 443, name: "https", protocol: "HTTPS" };
  return {
    selector: { istio: "ingressgateway" },
    servers: [{ port, hosts: ["application.example.com"], tls: serverTls(), ...changes }],
  };
}

/** The spec of a DestinationRule by which an egress gateway originates, with `tls` laid over its own. */
export function origination(tls: Props = {}): Props {
  return {
    host: "application.example.com",
    workloadSelector: { matchLabels: { istio: "egressgateway" } },
    trafficPolicy: {
      tls: {
        mode: "MUTUAL",
        credentialName: "client-credential",
        sni: "application.example.com",
        subjectAltNames: ["application.example.com"],
        ...tls,
      },
    },
  };
}

/** A release of one of Istio's charts. */
export function release(chart: string, values: Props): Resource {
  return { type: RELEASE, props: { chart, namespace: "istio-system", values } };
}

/** The same chart without a release of Helm's: Pulumi makes what the chart renders. */
export function rendered({ props }: Resource): Resource {
  return { type: "kubernetes:helm.sh/v4:Chart", props };
}

/** The ConfigMap that istiod's chart renders, with these lines of the mesh's configuration. */
export function meshConfig(...lines: readonly string[]): Resource {
  return {
    type: CONFIG_MAP,
    props: {
      metadata: { name: "istio", namespace: "istio-system" },
      data: { mesh: ["enablePrometheusMerge: true", ...lines, ""].join("\n") },
    },
  };
}

/** The lines of {@link meshConfig} as they should be. */
export const MESH = [
  "outboundTrafficPolicy:",
  "  mode: REGISTRY_ONLY",
  "rootNamespace: istio-system",
  "trustDomain: server.example.com",
] as const;

/** The control plane's release as it should be, with `meshConfig` laid over its own. */
export function istiod(meshConfig: Props = {}): Resource {
  return release("istiod", {
    meshConfig: {
      trustDomain: "server.example.com",
      outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
      ...meshConfig,
    },
  });
}

/** The PeerAuthentication that makes a mesh strict, with `changes` laid over its spec. */
export function strictMesh(changes: Props = {}, namespace = "istio-system"): Resource {
  const { type, props } = istioObject(PEER_AUTHENTICATION, {
    mtls: { mode: "STRICT" },
    ...changes,
  });
  return { type, props: { ...props, metadata: { name: "default", namespace } } };
}
