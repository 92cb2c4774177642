import type { z } from "zod";

import { ROOT_NAMESPACE } from "../../components/istio/root-namespace";
import { MONITORING_NAMESPACE } from "../../components/observability/settings";
import { INGRESS_NAMESPACE } from "../../stacks/names";
import { report } from "../../validation/issues";
import { quote } from "../../validation/show";
import type { CommonValues } from "../keys";

/** Namespaces that the program creates besides those of the configuration, and who uses them. */
const USED_NAMESPACES: ReadonlyMap<string, string> = new Map([
  [ROOT_NAMESPACE, "Istio"],
  [INGRESS_NAMESPACE, "the ingress gateway"],
]);

/** Reports a namespace of the configuration that already has another use. */
export function checkNamespaces(
  { namespace, observability }: Pick<CommonValues, "namespace" | "observability">,
  context: z.RefinementCtx,
): void {
  const user = USED_NAMESPACES.get(namespace) ?? kubernetesIfReserved(namespace);
  if (user !== undefined) {
    report(context, {
      path: ["namespace"],
      message: `must be a namespace only for the application (got ${quote(namespace)}, which ${user} uses): use another name, such as httpbin`,
    });
  }
  if (observability) checkMonitoring(namespace, observability, context);
}

function checkMonitoring(
  application: string,
  observability: NonNullable<CommonValues["observability"]>,
  context: z.RefinementCtx,
): void {
  if (observability.prometheus === "managed") return;
  const { prometheus, namespace } = observability;
  // An existing Prometheus operator may run in a namespace of Kubernetes.
  const user =
    (namespace === application ? "the application" : USED_NAMESPACES.get(namespace)) ??
    (prometheus === "install" ? kubernetesIfReserved(namespace) : undefined);
  if (user === undefined) return;
  const example = application === MONITORING_NAMESPACE ? "metrics" : MONITORING_NAMESPACE;
  report(context, {
    path: ["observability", "namespace"],
    message: `must be a namespace only for monitoring (got ${quote(namespace)}, which ${user} uses): use another name, such as ${example}`,
  });
}

function kubernetesIfReserved(namespace: string): string | undefined {
  return namespace === "default" || namespace.startsWith("kube-") ? "Kubernetes" : undefined;
}
