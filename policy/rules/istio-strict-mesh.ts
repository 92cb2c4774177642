import { istiod, MESH, meshConfig, rendered, strictMesh } from "../examples/istio";
import { meshConfigOf } from "../mesh-config";
import { isSet, mayBe, read, UNKNOWN } from "../read";
import type { Resource, Rule } from "../rule";
import { PEER_AUTHENTICATION } from "../types";

/**
 * A stack that installs istiod also makes the whole mesh STRICT, with a PeerAuthentication without a selector in istiod's
 * namespace. Istio's default is PERMISSIVE, which only the missing PeerAuthentication shows.
 */
export const istioStrictMesh: Rule = {
  name: "istio-strict-mesh",
  description: "A mesh requires mutual TLS for every workload.",
  url: "https://istio.io/latest/docs/tasks/security/authentication/mtls-migration/#lock-down-mutual-tls-for-the-entire-mesh",
  level: "mandatory",
  *stackProblems(resources) {
    for (const mesh of resources.map(meshConfigOf)) {
      if (mesh && !resources.some((resource) => isStrictPolicy(resource, mesh.namespace)))
        yield "a PeerAuthentication in istiod's namespace must have mtls.mode STRICT and no selector: otherwise the mesh accepts plaintext, which is Istio's default.";
    }
  },
  examples: {
    passes: { "a STRICT mesh": [istiod(), strictMesh()] },
    fails: {
      "a mesh without a PeerAuthentication": [istiod()],
      "a mesh without a PeerAuthentication, in a chart that Pulumi renders": [rendered(istiod())],
      "a mesh without a PeerAuthentication, as the chart renders it": [meshConfig(...MESH)],
      "STRICT in another namespace": [istiod(), strictMesh({}, "httpbin")],
      "STRICT for some pods": [
        istiod(),
        strictMesh({ selector: { matchLabels: { app: "httpbin" } } }),
      ],
    },
  },
};

/** Whether a resource makes the mesh STRICT whose root namespace this is. */
function isStrictPolicy({ type, props }: Resource, rootNamespace: unknown): boolean {
  const namespace = read(props, "metadata", "namespace");
  return (
    PEER_AUTHENTICATION.includes(type) &&
    (rootNamespace === UNKNOWN || mayBe(namespace, rootNamespace)) &&
    mayBe(read(props, "spec", "mtls", "mode"), "STRICT") &&
    !isSet(read(props, "spec", "selector", "matchLabels"))
  );
}
