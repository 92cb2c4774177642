import type { Resource, Rule } from "../rule";
import { GATEWAY_API_GATEWAY, INGRESS } from "../types";

/**
 * All traffic into the cluster passes the ingress gateway. For a Gateway of the Gateway API, Istio itself creates a
 * Deployment and a load balancer; for an Ingress, the cloud does. Pulumi does not see these objects, so no rule could
 * check which clients they admit.
 */
export const noOtherIngress: Rule = {
  name: "no-other-ingress",
  description: "There are no Gateways of the Gateway API and no Ingresses.",
  url: "https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/",
  level: "mandatory",
  types: [...GATEWAY_API_GATEWAY, ...INGRESS],
  *problems() {
    yield "Gateways of the Gateway API and Ingresses must not be created: their traffic does not pass the ingress gateway. To expose a host, add it to the server's services.";
  },
  examples: {
    passes: {
      "a route inside the mesh": object("gateway.networking.k8s.io/v1:HTTPRoute", {
        parentRefs: [{ kind: "Service", name: "httpbin" }],
      }),
    },
    fails: {
      "a Gateway of the Gateway API": object("gateway.networking.k8s.io/v1:Gateway", gateway()),
      "a Gateway of the Gateway API, v1beta1": object(
        "gateway.networking.k8s.io/v1beta1:Gateway",
        gateway(),
      ),
      "a Gateway of the Gateway API, v1alpha2": object(
        "gateway.networking.k8s.io/v1alpha2:Gateway",
        gateway(),
      ),
      "a patch of a Gateway of the Gateway API": object(
        "gateway.networking.k8s.io/v1:GatewayPatch",
        gateway(),
      ),
      "an Ingress": object("networking.k8s.io/v1:Ingress", {
        defaultBackend: { service: { name: "httpbin", port: { number: 8000 } } },
      }),
    },
  },
};

function object(type: string, spec: Resource["props"]): Resource {
  return { type: `kubernetes:${type}`, props: { spec } };
}

function gateway(): Resource["props"] {
  return {
    gatewayClassName: "istio",
    listeners: [{ name: "http", port: 80, protocol: "HTTP" }],
  };
}
