import { installs } from "../charts";
import { istiod, istioObject, rendered, strictMesh } from "../examples/istio";
import { is, read } from "../read";
import type { Rule } from "../rule";
import { CHART, SIDECAR } from "../types";

/**
 * Sidecars connect to hosts that the mesh knows, and to no other. With ALLOW_ANY, Istio's default, a pod reaches the
 * server, or anyone, round the egress gateway.
 */
export const istioRegistryOnly: Rule = {
  name: "istio-registry-only",
  description: "Sidecars reach hosts of the mesh's registry alone.",
  url: "https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/#change-to-the-blocking-by-default-policy",
  level: "mandatory",
  types: [...CHART, ...SIDECAR],
  *problems(resource) {
    const { type, props } = resource;
    if (SIDECAR.includes(type)) {
      if (read(props, "spec", "outboundTrafficPolicy", "mode") === "ALLOW_ANY")
        yield "These sidecars reach any host: remove outboundTrafficPolicy, or make its mode REGISTRY_ONLY.";
      return;
    }
    if (!installs(resource, "istiod")) return;
    if (!is(read(props, "values", "meshConfig", "outboundTrafficPolicy", "mode"), "REGISTRY_ONLY"))
      yield "Pods reach any host round the egress gateway: set meshConfig.outboundTrafficPolicy.mode of istiod's values to REGISTRY_ONLY, in values, where a policy sees them, rather than by valueYamlFiles.";
  },
  examples: {
    passes: {
      "the registry's hosts": [istiod(), strictMesh()],
      "the registry's hosts, by a chart that Pulumi renders": [rendered(istiod()), strictMesh()],
      "a sidecar that follows the mesh": istioObject(SIDECAR, { egress: [{ hosts: ["./*"] }] }),
    },
    fails: {
      "any host": [istiod({ outboundTrafficPolicy: { mode: "ALLOW_ANY" } }), strictMesh()],
      "the default": [istiod({ outboundTrafficPolicy: undefined }), strictMesh()],
      "the default, of a chart that Pulumi renders": [
        rendered(istiod({ outboundTrafficPolicy: undefined })),
        strictMesh(),
      ],
      "a sidecar that reaches any host": istioObject(SIDECAR, {
        outboundTrafficPolicy: { mode: "ALLOW_ANY" },
      }),
    },
  },
};
