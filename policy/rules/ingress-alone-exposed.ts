import { installs } from "../charts";
import { release, rendered } from "../examples/istio";
import { found, is, items, read, text } from "../read";
import type { Resource, Rule } from "../rule";
import { CHART, SERVICE, SERVICE_PATCH } from "../types";

/**
 * The ingress gateway's port 443 is the one way into a cluster: nothing else stands behind a load balancer, a node's
 * port or an address of its own, and what stands there leads to no other port of the gateway's pods, such as Envoy's
 * administration. Istio's `gateway` chart makes a load balancer for every gateway that it is not told otherwise of,
 * egress gateways too.
 */
export const ingressAloneExposed: Rule = {
  name: "ingress-alone-exposed",
  description: "Nothing but the ingress gateway's port 443 is reached from outside the cluster.",
  url: "https://istio.io/latest/docs/ops/best-practices/security/#gateways",
  level: "mandatory",
  types: [SERVICE, SERVICE_PATCH, ...CHART],
  *problems(resource) {
    const { type, props } = resource;
    if (CHART.includes(type)) {
      if (installs(resource, "gateway") && isOpen(read(props, "values", "service", "type") ?? OPEN))
        yield "The chart makes a load balancer for this gateway: set service.type of its values to ClusterIP or None.";
      return;
    }
    const spec = read(props, "spec");
    if (found(read(spec, "externalIPs")))
      yield "The Service takes the traffic of addresses that it claims: remove externalIPs.";
    if (!isOpen(read(spec, "type"))) return;
    if (!is(read(spec, "selector", "istio"), "ingressgateway"))
      yield "The Service exposes something else than the ingress gateway: make its type ClusterIP, and its host a service of the server's.";
    for (const item of items(spec, "ports")) {
      const port = read(item, "port");
      if (!is(port, 443)) yield `The Service exposes port ${String(port)}: expose 443 alone.`;
      const targetPort = read(item, "targetPort");
      // The pod's port is the Service's own where nothing is said.
      if (!is(targetPort, 443, undefined, null))
        yield `The Service exposes port ${text(targetPort) || String(targetPort)} of its pods: lead to their 443.`;
    }
  },
  examples: {
    passes: {
      "the ingress gateway, by a load balancer": service("LoadBalancer"),
      "the ingress gateway, by a node's port": service("NodePort"),
      "the ingress gateway, by the same port of the pod": service("LoadBalancer", {
        ports: [{ port: 443, targetPort: 443 }],
      }),
      "anything inside the cluster": service("ClusterIP", { selector: { app: "httpbin" } }),
      "a gateway by a Service inside the cluster": release("gateway", {
        service: { type: "ClusterIP" },
      }),
    },
    fails: {
      "a load balancer for an application": service("LoadBalancer", {
        selector: { app: "httpbin" },
      }),
      "a node's port for an application": service("NodePort", { selector: { app: "httpbin" } }),
      "a load balancer for every pod": service("LoadBalancer", { selector: undefined }),
      "an administration port behind 443": service("LoadBalancer", {
        ports: [{ port: 443, targetPort: 15000 }],
      }),
      "another port": service("LoadBalancer", { ports: [{ port: 443 }, { port: 80 }] }),
      "another's Service that is opened by a patch": {
        type: SERVICE_PATCH,
        props: { metadata: { name: "istiod" }, spec: { type: "LoadBalancer" } },
      },
      "a claimed address": service("ClusterIP", { externalIPs: ["203.0.113.7"] }),
      "a gateway by the chart's default": release("gateway", {}),
      "a gateway by the chart's default, rendered by Pulumi": rendered(release("gateway", {})),
      "a gateway by the chart's default, from a folder": {
        type: "kubernetes:helm.sh/v3:Chart",
        props: { path: "./charts/gateway" },
      },
    },
  },
};

const OPEN = "LoadBalancer";

function isOpen(serviceType: unknown): boolean {
  return serviceType === OPEN || serviceType === "NodePort";
}

function service(type: string, changes = {}): Resource {
  return {
    type: SERVICE,
    props: {
      spec: { type, selector: { istio: "ingressgateway" }, ports: [{ port: 443 }], ...changes },
    },
  };
}
