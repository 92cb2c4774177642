import { isRelease } from "../charts";
import { release } from "../examples/istio";
import { found, is, items, read } from "../read";
import type { Resource, Rule } from "../rule";
import { RELEASE, SERVICE } from "../types";

/**
 * The ingress gateway's port 443 is the one way into a cluster: nothing else stands behind a load balancer, a node's
 * port or an address of its own. Istio's `gateway` chart makes a load balancer for every gateway that it is not told
 * otherwise of, egress gateways too.
 */
export const ingressAloneExposed: Rule = {
  name: "ingress-alone-exposed",
  description: "Nothing but the ingress gateway's port 443 is reached from outside the cluster.",
  url: "https://istio.io/latest/docs/ops/best-practices/security/#gateways",
  level: "mandatory",
  types: [SERVICE, RELEASE],
  *problems(resource) {
    const { type, props } = resource;
    if (type === RELEASE) {
      if (
        isRelease(resource, "gateway") &&
        isOpen(read(props, "values", "service", "type") ?? OPEN)
      )
        yield "The chart makes a load balancer for this gateway: set service.type of its values to ClusterIP or None.";
      return;
    }
    const spec = read(props, "spec");
    if (found(read(spec, "externalIPs")))
      yield "The Service takes the traffic of addresses that it claims: remove externalIPs.";
    if (!isOpen(read(spec, "type"))) return;
    if (!is(read(spec, "selector", "istio"), "ingressgateway"))
      yield "The Service exposes something else than the ingress gateway: make its type ClusterIP, and its host a service of the server's.";
    for (const port of items(spec, "ports").map((item) => read(item, "port"))) {
      if (!is(port, 443)) yield `The Service exposes port ${String(port)}: expose 443 alone.`;
    }
  },
  examples: {
    passes: {
      "the ingress gateway, by a load balancer": service("LoadBalancer"),
      "the ingress gateway, by a node's port": service("NodePort"),
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
      "another port": service("LoadBalancer", { ports: [{ port: 443 }, { port: 80 }] }),
      "a claimed address": service("ClusterIP", { externalIPs: ["203.0.113.7"] }),
      "a gateway by the chart's default": release("gateway", {}),
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
