import { isInstallOf } from "../charts";
import { release, rendered } from "../examples/istio";
import { got } from "../property";
import { isSet, mayBe, read, readItems } from "../read";
import type { Resource, Rule } from "../rule";
import { CHART, SERVICE, SERVICE_PATCH } from "../types";

/**
 * Port 443 of the ingress gateway is the only way into a cluster. No other Service has a load balancer, a node port or an
 * external IP address, and the ingress gateway's Service exposes no other port of its pods, such as Envoy's admin port.
 * By default, Istio's `gateway` chart creates a load balancer for every gateway, even for egress gateways.
 */
export const onlyIngressExposed: Rule = {
  name: "only-ingress-exposed",
  description: "Only port 443 of the ingress gateway is reachable from outside the cluster.",
  url: "https://istio.io/latest/docs/ops/best-practices/security/#gateways",
  level: "mandatory",
  types: [SERVICE, SERVICE_PATCH, ...CHART],
  problems: (resource) =>
    CHART.includes(resource.type) ? chartProblems(resource) : serviceProblems(resource),
  examples: {
    passes: {
      "the ingress gateway with a load balancer": service("LoadBalancer"),
      "the ingress gateway with a node port": service("NodePort"),
      "the ingress gateway, whose pods use the same port": service("LoadBalancer", {
        ports: [{ port: 443, targetPort: 443 }],
      }),
      "another Service inside the cluster": service("ClusterIP", { selector: { app: "httpbin" } }),
      "a gateway whose Service is only for the cluster": release("gateway", {
        service: { type: "ClusterIP" },
      }),
    },
    fails: {
      "a load balancer for an application": service("LoadBalancer", {
        selector: { app: "httpbin" },
      }),
      "a node port for an application": service("NodePort", { selector: { app: "httpbin" } }),
      "a load balancer for every pod": service("LoadBalancer", { selector: undefined }),
      "Envoy's admin port behind 443": service("LoadBalancer", {
        ports: [{ port: 443, targetPort: 15000 }],
      }),
      "another port": service("LoadBalancer", { ports: [{ port: 443 }, { port: 80 }] }),
      "a patch that exposes an existing Service": {
        type: SERVICE_PATCH,
        props: { metadata: { name: "istiod" }, spec: { type: "LoadBalancer" } },
      },
      "an external IP address": service("ClusterIP", { externalIPs: ["203.0.113.7"] }),
      "a gateway with the chart's defaults": release("gateway", {}),
      "a gateway with the chart's defaults, rendered by Pulumi": rendered(release("gateway", {})),
      "a gateway with the chart's defaults, from a folder": {
        type: "kubernetes:helm.sh/v3:Chart",
        props: { path: "./charts/gateway" },
      },
    },
  },
};

function* chartProblems(resource: Resource): Iterable<string> {
  const type = read(resource.props, "values", "service", "type");
  if (isInstallOf("gateway", resource) && isExposed(type ?? "LoadBalancer"))
    yield `service.type must be ClusterIP or None in the chart's values ${got(type)}: otherwise the chart exposes the gateway, by default with a load balancer.`;
}

function* serviceProblems({ props }: Resource): Iterable<string> {
  const spec = read(props, "spec");
  if (isSet(read(spec, "externalIPs")))
    yield "spec.externalIPs must not be set: the Service would get traffic for IP addresses that it may not own.";
  const type = read(spec, "type");
  if (!isExposed(type)) return;
  if (!mayBe(read(spec, "selector", "istio"), "ingressgateway"))
    yield `spec.type must be ClusterIP for all Services except the ingress gateway's ${got(type)}: to expose a host, add it to the server's services.`;
  for (const item of readItems(spec, "ports")) {
    const port = read(item, "port");
    if (!mayBe(port, 443))
      yield `spec.ports must contain only port 443 ${got(port)}: the gateway needs no other port.`;
    const targetPort = read(item, "targetPort");
    // Without a target port, Kubernetes uses the Service's port.
    if (!mayBe(targetPort, 443, undefined, null))
      yield `targetPort must be 443 or unset ${got(targetPort)}: other ports of the gateway's pods must not be reachable.`;
  }
}

function isExposed(serviceType: unknown): boolean {
  return serviceType === "LoadBalancer" || serviceType === "NodePort";
}

function service(type: string, changes = {}): Resource {
  return {
    type: SERVICE,
    props: {
      spec: { type, selector: { istio: "ingressgateway" }, ports: [{ port: 443 }], ...changes },
    },
  };
}
