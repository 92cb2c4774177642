import type { CertificateLifetimes } from "../pki/lifetimes";
import { CLIENT_CERTIFICATE_EXPIRY, SERVER_CERTIFICATE_EXPIRY } from "./metrics";
import { expiryThresholds } from "./thresholds";

/** Which end of the connection between the meshes a gateway is. */
export type GatewayEnd = "ingress" | "egress";

/** An alert, in Prometheus' words. */
export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: "warning" | "critical" };
  readonly annotations: {
    readonly summary: string;
    readonly description: string;
    readonly runbook: string;
  };
}

/** Alerts that are evaluated together, in Prometheus' words. */
export interface AlertGroup {
  readonly name: string;
  readonly rules: readonly Alert[];
}

/**
 * The alerts of one end: certificates that nobody renewed in time, handshakes that are refused, requests that fail, and a
 * gateway of which nothing is heard.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export function alertGroups(
  end: GatewayEnd,
  lifetimes: CertificateLifetimes,
): readonly AlertGroup[] {
  return [
    { name: "mesh-to-mesh-certificates", rules: certificates(end, lifetimes) },
    { name: "mesh-to-mesh-traffic", rules: [...TRAFFIC[end], unobserved(end)] },
  ];
}

/** A page for whoever gets it: by the alert's name, a heading of it. */
function alert(
  name: string,
  severity: "warning" | "critical",
  about: { expr: string; for: string; summary: string; description: string },
): Alert {
  const { expr, for: lasting, summary, description } = about;
  const runbook = `docs/operations.md#${name.toLowerCase()}`;
  return {
    alert: name,
    expr,
    for: lasting,
    labels: { severity },
    annotations: { summary, description, runbook },
  };
}

const LEFT = "{{ $value | humanizeDuration }} are left.";
const RENEW =
  "Run `pulumi up` on the server's stack, then on the client's; then see why the renewal did not.";

function certificates(end: GatewayEnd, lifetimes: CertificateLifetimes): Alert[] {
  const leaf = expiryThresholds(lifetimes.leafHours);
  const intermediate = expiryThresholds(lifetimes.intermediateHours);
  const root = expiryThresholds(lifetimes.rootHours);
  const gateway = end === "ingress" ? SERVER_CERTIFICATE_EXPIRY : CLIENT_CERTIFICATE_EXPIRY;
  // The least of all pods: after a renewal one that did not get the new certificate is what matters.
  const left = (metric: string, seconds: number) =>
    `min by (namespace, pod) (${metric}) - time() < ${seconds}`;
  const MESH_CA = "citadel_server_cert_chain_expiry_timestamp";
  const ROOT = "citadel_server_root_cert_expiry_timestamp";
  return [
    alert("MeshToMeshGatewayCertificateOverdue", "warning", {
      expr: left(gateway, leaf.overdueSeconds),
      for: "15m",
      summary: `The ${end} gateway's certificate should have been renewed.`,
      description: `${LEFT} ${RENEW}`,
    }),
    alert("MeshToMeshGatewayCertificateExpiring", "critical", {
      expr: left(gateway, leaf.soonSeconds),
      for: "5m",
      summary: `The ${end} gateway's certificate expires; after it, no request passes between the meshes.`,
      description: `${LEFT} ${RENEW}`,
    }),
    alert("MeshToMeshIntermediateOverdue", "warning", {
      expr: left(MESH_CA, intermediate.overdueSeconds),
      for: "15m",
      summary: "The mesh's intermediate CA should have been renewed.",
      description: `${LEFT} ${RENEW} If it did, istiod has not taken the new one: see its log.`,
    }),
    alert("MeshToMeshIntermediateExpiring", "critical", {
      expr: left(MESH_CA, intermediate.soonSeconds),
      for: "5m",
      summary:
        "The mesh's intermediate CA expires; after it, no workload of the mesh gets a certificate.",
      description: `${LEFT} ${RENEW} If it did, istiod has not taken the new one: see its log.`,
    }),
    alert("MeshToMeshRootOverdue", "warning", {
      expr: left(ROOT, root.overdueSeconds),
      for: "15m",
      summary: "The root of both meshes should have been renewed, which is done by hand.",
      description: `${LEFT} It needs a plan: both meshes must trust two roots for a while.`,
    }),
  ];
}

/** Share of requests that end in 5xx, by cluster of the gateway: which names port and host. */
function failing(istio: string): string {
  const rate = (codes: string) =>
    `sum by (namespace, cluster_name) (rate(envoy_cluster_upstream_rq{istio="${istio}",cluster_name=~"outbound.*",response_code=~"${codes}"}[5m]))`;
  return `${rate("5..")} / ${rate("...")} > 0.05`;
}

/** What a counter rose by, for the clusters alone to which the client's certificate is shown: those of the servers. */
function toServers(counter: string): string {
  return `increase(${counter}[15m]) and on (namespace, pod, cluster_name) ${CLIENT_CERTIFICATE_EXPIRY}`;
}

const SHARE =
  "{{ $value | humanizePercentage }} of the requests to {{ $labels.cluster_name }} end in 5xx.";

const TRAFFIC: Readonly<Record<GatewayEnd, readonly Alert[]>> = {
  ingress: [
    alert("MeshToMeshClientsRefused", "warning", {
      // Who has no certificate at all is a scanner; who has one is a client.
      expr:
        'sum by (namespace) (increase(envoy_listener_ssl_fail_verify_error{istio="ingressgateway"}[15m]))' +
        ' + sum by (namespace) (increase(envoy_listener_ssl_fail_verify_san{istio="ingressgateway"}[15m])) > 5',
      for: "5m",
      summary: "The ingress gateway refuses certificates that it is shown.",
      description:
        "{{ $value | humanize }} handshakes within 15 minutes. An expired certificate, another root, a name that is not admitted; or someone who tries.",
    }),
    alert("MeshToMeshServiceFailing", "critical", {
      expr: failing("ingressgateway"),
      for: "5m",
      summary: "Requests from the other mesh fail behind the ingress gateway.",
      description: SHARE,
    }),
  ],
  egress: [
    alert("MeshToMeshServerRefused", "critical", {
      expr:
        `sum by (namespace, cluster_name) (${toServers("envoy_cluster_ssl_fail_verify_error")})` +
        ` + sum by (namespace, cluster_name) (${toServers("envoy_cluster_ssl_fail_verify_san")}) > 0`,
      for: "1m",
      summary: "The egress gateway refuses the server's certificate.",
      description:
        "{{ $value | humanize }} handshakes with {{ $labels.cluster_name }} within 15 minutes. Its certificate expired, has another root or another name; or something stands in between.",
    }),
    alert("MeshToMeshCallsFailing", "critical", {
      expr: failing("egressgateway"),
      for: "5m",
      summary: "Calls of the other mesh fail.",
      description: SHARE,
    }),
  ],
};

function unobserved(end: GatewayEnd): Alert {
  return alert("MeshToMeshGatewayUnobserved", "critical", {
    expr: `absent(envoy_server_live{istio="${end}gateway"})`,
    for: "10m",
    summary: `Nothing is heard of the ${end} gateway.`,
    description: "It does not run, or nobody scrapes it: then no other alert here can be raised.",
  });
}
