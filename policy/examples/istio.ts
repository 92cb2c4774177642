import type { Resource } from "../rule";
import { CONFIG_MAP, PEER_AUTHENTICATION, RELEASE } from "../types";

type Props = Readonly<Record<string, unknown>>;

/** An Istio object. */
export function istioObject(type: readonly string[], spec: Props): Resource {
  return {
    type: type[0] ?? "",
    props: { metadata: { name: "example", namespace: "istio-system" }, spec },
  };
}

/** TLS settings of the ingress gateway that pass all rules, with `changes` applied. */
export function serverTls(changes: Props = {}): Props {
  return {
    mode: "MUTUAL",
    credentialName: "server-credential",
    subjectAltNames: ["client.example.com"],
    minProtocolVersion: "TLSV1_2",
    ...changes,
  };
}

/** The spec of a Gateway with one listener that passes all rules, with `changes` applied to the listener. */
export function listener(changes: Props = {}): Props {
  const port = { number: 443, name: "https", protocol: "HTTPS" };
  return {
    selector: { istio: "ingressgateway" },
    servers: [{ port, hosts: ["application.example.com"], tls: serverTls(), ...changes }],
  };
}

/** The spec of a DestinationRule for TLS origination at an egress gateway, with `tls` applied to its TLS settings. */
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

/** A Helm release of an Istio chart. */
export function release(chart: string, values: Props): Resource {
  return { type: RELEASE, props: { chart, namespace: "istio-system", values } };
}

/** The same chart without a Helm release: Pulumi creates the objects that the chart renders. */
export function rendered({ props }: Resource): Resource {
  return { type: "kubernetes:helm.sh/v4:Chart", props };
}

/** The ConfigMap that istiod's chart renders, with these lines in the mesh's configuration. */
export function meshConfig(...lines: readonly string[]): Resource {
  return {
    type: CONFIG_MAP,
    props: {
      metadata: { name: "istio", namespace: "istio-system" },
      data: { mesh: ["enablePrometheusMerge: true", ...lines, ""].join("\n") },
    },
  };
}

/** Lines for {@link meshConfig} that pass all rules. */
export const MESH = [
  "outboundTrafficPolicy:",
  "  mode: REGISTRY_ONLY",
  "rootNamespace: istio-system",
  "trustDomain: server.example.com",
] as const;

/** A release of the control plane that passes all rules, with `meshConfig` applied to its `meshConfig`. */
export function istiod(meshConfig: Props = {}): Resource {
  return release("istiod", {
    meshConfig: {
      trustDomain: "server.example.com",
      outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
      ...meshConfig,
    },
  });
}

/** The PeerAuthentication that makes a mesh STRICT, with `changes` applied to its spec. */
export function strictMesh(changes: Props = {}, namespace = "istio-system"): Resource {
  const { type, props } = istioObject(PEER_AUTHENTICATION, {
    mtls: { mode: "STRICT" },
    ...changes,
  });
  return { type, props: { ...props, metadata: { name: "default", namespace } } };
}
