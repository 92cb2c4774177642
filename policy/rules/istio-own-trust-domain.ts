import { installs, renderedMesh } from "../charts";
import { istiod, MESH, meshConfig, rendered, strictMesh } from "../examples/istio";
import { given, read } from "../read";
import type { Rule } from "../rule";
import { CHART, CONFIG_MAP } from "../types";

/**
 * Each mesh has a trust domain of its own. With Istio's default, `cluster.local`, an identity of one mesh reads like
 * the same identity of the other, and under a shared root passes for it.
 */
export const istioOwnTrustDomain: Rule = {
  name: "istio-own-trust-domain",
  description: "A mesh has a trust domain of its own.",
  url: "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-trust_domain",
  level: "mandatory",
  types: [...CHART, CONFIG_MAP],
  *problems(resource) {
    const mesh = renderedMesh(resource);
    if (!mesh && !installs(resource, "istiod")) return;
    const trustDomain = mesh
      ? /^ *trustDomain: *"?([^"\s]+)/m.exec(mesh)?.[1]
      : read(resource.props, "values", "meshConfig", "trustDomain");
    if (!given(trustDomain) || trustDomain === "cluster.local")
      yield "Identities of this mesh read like those of any other: set meshConfig.trustDomain of istiod's values to a name of its own, in values, where a policy sees them, rather than by valueYamlFiles.";
  },
  examples: {
    passes: {
      "its own": [istiod(), strictMesh()],
      "its own, as the chart renders it": [meshConfig(...MESH), strictMesh()],
    },
    fails: {
      "the default": [istiod({ trustDomain: undefined }), strictMesh()],
      "the default, said aloud": [istiod({ trustDomain: "cluster.local" }), strictMesh()],
      "the default, as the chart renders it": [
        meshConfig(...MESH.slice(0, 3), "trustDomain: cluster.local"),
        strictMesh(),
      ],
      "the default, of a chart that Pulumi renders": [
        rendered(istiod({ trustDomain: undefined })),
        strictMesh(),
      ],
    },
  },
};
