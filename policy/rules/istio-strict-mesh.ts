import { installs, renderedMesh } from "../charts";
import { istiod, MESH, meshConfig, rendered, strictMesh } from "../examples/istio";
import { found, is, read, UNKNOWN } from "../read";
import type { Resource, Rule } from "../rule";
import { PEER_AUTHENTICATION } from "../types";

/**
 * A stack that installs istiod makes its whole mesh STRICT, by a PeerAuthentication without a selector in istiod's
 * namespace. Without one Istio is PERMISSIVE, and no single resource shows it.
 */
export const istioStrictMesh: Rule = {
  name: "istio-strict-mesh",
  description: "A mesh demands mutual TLS of every workload.",
  url: "https://istio.io/latest/docs/tasks/security/authentication/mtls-migration/#lock-down-mutual-tls-for-the-entire-mesh",
  level: "mandatory",
  *stackProblems(resources) {
    for (const resource of resources) {
      const mesh = renderedMesh(resource);
      if (!mesh && !installs(resource, "istiod")) continue;
      const namespace = read(resource.props, ...(mesh ? ["metadata"] : []), "namespace");
      if (!resources.some((resource) => makesStrict(resource, namespace)))
        yield "The mesh takes plaintext, Istio's default: make a PeerAuthentication with mtls.mode STRICT, without a selector, in istiod's namespace.";
    }
  },
  examples: {
    passes: { "a mesh that is strict": [istiod(), strictMesh()] },
    fails: {
      "a mesh that is told nothing": [istiod()],
      "a mesh that is told nothing, by a chart that Pulumi renders": [rendered(istiod())],
      "a mesh that is told nothing, as the chart renders it": [meshConfig(...MESH)],
      "strict in another namespace": [istiod(), strictMesh({}, "httpbin")],
      "strict for some pods": [
        istiod(),
        strictMesh({ selector: { matchLabels: { app: "httpbin" } } }),
      ],
    },
  },
};

function makesStrict({ type, props }: Resource, rootNamespace: unknown): boolean {
  const namespace = read(props, "metadata", "namespace");
  return (
    PEER_AUTHENTICATION.includes(type) &&
    (rootNamespace === UNKNOWN || is(namespace, rootNamespace)) &&
    is(read(props, "spec", "mtls", "mode"), "STRICT") &&
    !found(read(props, "spec", "selector", "matchLabels"))
  );
}
