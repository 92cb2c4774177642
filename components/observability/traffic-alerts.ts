import { type Alert, alert, type GatewayEnd } from "./alert";

const FAILING =
  "{{ $value | humanizePercentage }} of the requests to {{ $labels.cluster_name }} get a 5xx response.";

/**
 * The alerts for rejected handshakes, failing requests and missing metrics at one end. `gatewayExpiry` is the query for the
 * expiry of the gateway's certificates.
 */
export function trafficAlerts(end: GatewayEnd, gatewayExpiry: string): Alert[] {
  return [...(end === "ingress" ? ingressAlerts() : egressAlerts(gatewayExpiry)), noMetrics(end)];
}

function ingressAlerts(): Alert[] {
  return [
    alert("MeshToMeshClientsRefused", {
      severity: "warning",
      // Handshakes without any certificate are left out: they come from scanners, not from clients.
      expr:
        'sum by (namespace) (increase(envoy_listener_ssl_fail_verify_error{istio="ingressgateway"}[15m]))' +
        ' + sum by (namespace) (increase(envoy_listener_ssl_fail_verify_san{istio="ingressgateway"}[15m])) > 5',
      for: "5m",
      summary: "The ingress gateway rejects client certificates.",
      description:
        "{{ $value | humanize }} TLS handshakes failed within 15 minutes. Possible causes: the certificate has expired, another root issued it, its name is not admitted, or this is an attack.",
    }),
    alert("MeshToMeshServiceFailing", {
      severity: "critical",
      expr: failing("ingressgateway"),
      for: "5m",
      summary: "Requests from the other mesh fail behind the ingress gateway.",
      description: FAILING,
    }),
  ];
}

function egressAlerts(gatewayExpiry: string): Alert[] {
  // Only connections that present the client's certificate are those to a server mesh.
  const increase = (counter: string) =>
    `increase(${counter}[15m]) and on (namespace, pod, cluster_name) ${gatewayExpiry}`;
  return [
    alert("MeshToMeshServerRefused", {
      severity: "critical",
      expr:
        `sum by (namespace, cluster_name) (${increase("envoy_cluster_ssl_fail_verify_error")})` +
        ` + sum by (namespace, cluster_name) (${increase("envoy_cluster_ssl_fail_verify_san")}) > 0`,
      for: "1m",
      summary: "The egress gateway rejects the server's certificate.",
      description:
        "{{ $value | humanize }} TLS handshakes with {{ $labels.cluster_name }} failed within 15 minutes. Possible causes: the certificate has expired, another root issued it, it has another name, or something intercepts the connection.",
    }),
    alert("MeshToMeshCallsFailing", {
      severity: "critical",
      expr: failing("egressgateway"),
      for: "5m",
      summary: "Requests to the other mesh fail.",
      description: FAILING,
    }),
  ];
}

function noMetrics(end: GatewayEnd): Alert {
  return alert("MeshToMeshGatewayUnobserved", {
    severity: "critical",
    expr: `absent(envoy_server_live{istio="${end}gateway"})`,
    for: "10m",
    summary: `Prometheus gets no metrics from the ${end} gateway.`,
    description:
      "The gateway does not run, or Prometheus does not scrape it. Until this is fixed, the other alerts about this gateway cannot fire.",
  });
}

/** Share of requests that get a 5xx response, by the gateway's Envoy cluster. Its name contains port and host. */
function failing(istio: string): string {
  const rate = (codes: string) =>
    `sum by (namespace, cluster_name) (rate(envoy_cluster_upstream_rq{istio="${istio}",cluster_name=~"outbound.*",response_code=~"${codes}"}[5m]))`;
  return `${rate("5..")} / ${rate("...")} > 0.05`;
}
