import { istiod, istioObject, MESH, meshConfig, rendered, strictMesh } from "../examples/istio";
import { meshConfigOf } from "../mesh-config";
import { got } from "../property";
import { mayBe, read } from "../read";
import type { Rule } from "../rule";
import { CHART, CONFIG_MAP, SIDECAR } from "../types";

/**
 * Sidecars connect only to hosts that the mesh knows. With Istio's default, ALLOW_ANY, pods can bypass the egress gateway
 * and connect to any host.
 */
export const istioRegistryOnly: Rule = {
  name: "istio-registry-only",
  description: "Sidecars connect only to hosts in the mesh's registry.",
  url: "https://istio.io/latest/docs/tasks/traffic-management/egress/egress-control/#change-to-the-blocking-by-default-policy",
  level: "mandatory",
  types: [...CHART, CONFIG_MAP, ...SIDECAR],
  *problems(resource) {
    const { type, props } = resource;
    if (
      SIDECAR.includes(type) &&
      read(props, "spec", "outboundTrafficPolicy", "mode") === "ALLOW_ANY"
    )
      yield `spec.outboundTrafficPolicy.mode must be REGISTRY_ONLY or unset (got "ALLOW_ANY"): otherwise these sidecars can connect to any host.`;
    const mesh = meshConfigOf(resource);
    if (mesh && !mayBe(mesh.outboundMode, "REGISTRY_ONLY"))
      yield `meshConfig.outboundTrafficPolicy.mode must be REGISTRY_ONLY ${got(mesh.outboundMode)}: otherwise pods can bypass the egress gateway. Set it in the chart's values, because policies do not see valueYamlFiles.`;
  },
  examples: {
    passes: {
      "hosts in the registry": [istiod(), strictMesh()],
      "hosts in the registry, in a chart that Pulumi renders": [rendered(istiod()), strictMesh()],
      "hosts in the registry, as the chart renders it": [meshConfig(...MESH), strictMesh()],
      "a Sidecar with the mesh's setting": istioObject(SIDECAR, { egress: [{ hosts: ["./*"] }] }),
    },
    fails: {
      "any host": [istiod({ outboundTrafficPolicy: { mode: "ALLOW_ANY" } }), strictMesh()],
      "the default, not set": [istiod({ outboundTrafficPolicy: undefined }), strictMesh()],
      "the default, as the chart renders it": [meshConfig(...MESH.slice(2)), strictMesh()],
      "any host, as the chart renders it": [
        meshConfig("outboundTrafficPolicy:", "  mode: ALLOW_ANY", ...MESH.slice(2)),
        strictMesh(),
      ],
      "the default, in a chart that Pulumi renders": [
        rendered(istiod({ outboundTrafficPolicy: undefined })),
        strictMesh(),
      ],
      "a Sidecar for any host": istioObject(SIDECAR, {
        outboundTrafficPolicy: { mode: "ALLOW_ANY" },
      }),
    },
  },
};
