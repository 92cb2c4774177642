import type { Resource, Rule } from "../rule";
import { GATEWAY_API_GATEWAY, INGRESS } from "../types";

/**
 * Istio's own Gateway alone lets traffic in, at the ingress gateway. For a Gateway of the Gateway API Istio makes a
 * Deployment and a load balancer by itself, and an Ingress opens the cloud's: no program shows them, so no rule sees
 * whom they admit.
 */
export const ingressNoOtherDoor: Rule = {
  name: "ingress-no-other-door",
  description: "No Gateway of the Gateway API and no Ingress leads into the cluster.",
  url: "https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/",
  level: "mandatory",
  types: [...GATEWAY_API_GATEWAY, ...INGRESS],
  *problems() {
    yield "This lets traffic in beside the ingress gateway: remove it, and make the host a service of the server's.";
  },
  examples: {
    passes: {
      "a route inside the mesh": door("gateway.networking.k8s.io/v1:HTTPRoute", {
        parentRefs: [{ kind: "Service", name: "httpbin" }],
      }),
    },
    fails: {
      "a Gateway of the Gateway API": door("gateway.networking.k8s.io/v1:Gateway", gateway()),
      "one of its beta": door("gateway.networking.k8s.io/v1beta1:Gateway", gateway()),
      "one of its alpha": door("gateway.networking.k8s.io/v1alpha2:Gateway", gateway()),
      "a part of one": door("gateway.networking.k8s.io/v1:GatewayPatch", gateway()),
      "an Ingress": door("networking.k8s.io/v1:Ingress", {
        defaultBackend: { service: { name: "httpbin", port: { number: 8000 } } },
      }),
    },
  },
};

function door(type: string, spec: Resource["props"]): Resource {
  return { type: `kubernetes:${type}`, props: { spec } };
}

function gateway(): Resource["props"] {
  return {
    gatewayClassName: "istio",
    listeners: [{ name: "http", port: 80, protocol: "HTTP" }],
  };
}
