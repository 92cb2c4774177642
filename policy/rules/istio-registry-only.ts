import { installs, renderedMesh } from "../charts";
import { istiod, istioObject, MESH, meshConfig, rendered, strictMesh } from "../examples/istio";
import { is, read } from "../read";
import type { Rule } from "../rule";
import { CHART, CONFIG_MAP, SIDECAR } from "../types";

/**
 * Sidecars connect to hosts that the mesh knows, and to no other. With ALLOW_ANY, Istio's default, a pod reaches the
 * server, or anyone, round the egress gateway.
 */
export const istioRegistryOnly: Rule = {
  name: "istio-registry-only",
  description: "Sidecars reach hosts of the mesh's registry alone.",
  url: "https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/#change-to-the-blocking-by-default-policy",
  level: "mandatory",
  types: [...CHART, CONFIG_MAP, ...SIDECAR],
  *problems(resource) {
    const { type, props } = resource;
    if (SIDECAR.includes(type)) {
      if (read(props, "spec", "outboundTrafficPolicy", "mode") === "ALLOW_ANY")
        yield "These sidecars reach any host: remove outboundTrafficPolicy, or make its mode REGISTRY_ONLY.";
      return;
    }
    const mesh = renderedMesh(resource);
    if (!mesh && !installs(resource, "istiod")) return;
    const mode = mesh
      ? /^ *outboundTrafficPolicy:\s+mode: *"?(\w+)/m.exec(mesh)?.[1]
      : read(props, "values", "meshConfig", "outboundTrafficPolicy", "mode");
    if (!is(mode, "REGISTRY_ONLY"))
      yield "Pods reach any host round the egress gateway: set meshConfig.outboundTrafficPolicy.mode of istiod's values to REGISTRY_ONLY, in values, where a policy sees them, rather than by valueYamlFiles.";
  },
  examples: {
    passes: {
      "the registry's hosts": [istiod(), strictMesh()],
      "the registry's hosts, by a chart that Pulumi renders": [rendered(istiod()), strictMesh()],
      "the registry's hosts, as the chart renders it": [meshConfig(...MESH), strictMesh()],
      "a sidecar that follows the mesh": istioObject(SIDECAR, { egress: [{ hosts: ["./*"] }] }),
    },
    fails: {
      "any host": [istiod({ outboundTrafficPolicy: { mode: "ALLOW_ANY" } }), strictMesh()],
      "the default": [istiod({ outboundTrafficPolicy: undefined }), strictMesh()],
      "the default, as the chart renders it": [meshConfig(...MESH.slice(2)), strictMesh()],
      "any host, as the chart renders it": [
        meshConfig("outboundTrafficPolicy:", "  mode: ALLOW_ANY", ...MESH.slice(2)),
        strictMesh(),
      ],
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
