import { istiod, MESH, meshConfig, rendered, strictMesh } from "../examples/istio";
import { meshConfigOf } from "../mesh-config";
import { got } from "../property";
import { mayBeSet } from "../read";
import type { Rule } from "../rule";
import { CHART, CONFIG_MAP } from "../types";

/**
 * Each mesh has its own trust domain. With Istio's default, `cluster.local`, identities in different meshes have the same
 * names, and under a shared root one mesh accepts the other's identities as its own.
 */
export const istioOwnTrustDomain: Rule = {
  name: "istio-own-trust-domain",
  description: "A mesh has its own trust domain.",
  url: "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-trust_domain",
  level: "mandatory",
  types: [...CHART, CONFIG_MAP],
  *problems(resource) {
    const mesh = meshConfigOf(resource);
    if (!mesh) return;
    const { trustDomain } = mesh;
    if (!mayBeSet(trustDomain) || trustDomain === "cluster.local")
      yield `meshConfig.trustDomain must be the mesh's own trust domain ${got(trustDomain)}: otherwise its identities have the same names as those of other meshes. Set it in the chart's values, because policies do not see valueYamlFiles.`;
  },
  examples: {
    passes: {
      "its own trust domain": [istiod(), strictMesh()],
      "its own trust domain, as the chart renders it": [meshConfig(...MESH), strictMesh()],
    },
    fails: {
      "the default, not set": [istiod({ trustDomain: undefined }), strictMesh()],
      "the default, set": [istiod({ trustDomain: "cluster.local" }), strictMesh()],
      "the default, as the chart renders it": [
        meshConfig(...MESH.slice(0, 3), "trustDomain: cluster.local"),
        strictMesh(),
      ],
      "the default, in a chart that Pulumi renders": [
        rendered(istiod({ trustDomain: undefined })),
        strictMesh(),
      ],
    },
  },
};
