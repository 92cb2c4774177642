import { isRelease } from "../charts";
import { istiod, strictMesh } from "../examples/istio";
import { given, read } from "../read";
import type { Rule } from "../rule";
import { RELEASE } from "../types";

/**
 * Each mesh has a trust domain of its own. With Istio's default, `cluster.local`, an identity of one mesh reads like
 * the same identity of the other, and under a shared root passes for it.
 */
export const istioOwnTrustDomain: Rule = {
  name: "istio-own-trust-domain",
  description: "A mesh has a trust domain of its own.",
  url: "https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig-trust_domain",
  level: "mandatory",
  types: [RELEASE],
  *problems(resource) {
    if (!isRelease(resource, "istiod")) return;
    const trustDomain = read(resource.props, "values", "meshConfig", "trustDomain");
    if (!given(trustDomain) || trustDomain === "cluster.local")
      yield "Identities of this mesh read like those of any other: set meshConfig.trustDomain of istiod's values to a name of its own.";
  },
  examples: {
    passes: { "its own": [istiod(), strictMesh()] },
    fails: {
      "the default": [istiod({ trustDomain: undefined }), strictMesh()],
      "the default, said aloud": [istiod({ trustDomain: "cluster.local" }), strictMesh()],
    },
  },
};
