import type { z } from "zod";

import {
  MONITORING_NAMESPACE,
  type ObservabilitySettings,
} from "../components/observability/settings";
import { complain } from "./complain";

/** Namespaces that the program makes beside those of its settings, and whose they are. */
const MADE: ReadonlyMap<string, string> = new Map([
  ["istio-system", "Istio's"],
  ["istio-ingress", "the ingress gateway's"],
]);

/** What is wrong with the namespaces that the stack is to make: each needs one that is no one else's. */
export function checkNamespaces(
  raw: { readonly namespace: string; readonly observability?: ObservabilitySettings | undefined },
  context: z.RefinementCtx,
): void {
  const owner = MADE.get(raw.namespace) ?? kubernetes(raw.namespace);
  if (owner !== undefined) {
    complain(
      context,
      ["namespace"],
      `"${raw.namespace}" is ${owner}: name one for the application alone, such as httpbin`,
    );
  }
  if (raw.observability) checkMonitoring(raw.namespace, raw.observability, context);
}

function checkMonitoring(
  application: string,
  settings: ObservabilitySettings,
  context: z.RefinementCtx,
): void {
  if (settings.prometheus === "managed") return;
  const { prometheus, namespace } = settings;
  // An operator that is there may live in one of Kubernetes' own.
  const owner =
    (namespace === application ? "the application's" : MADE.get(namespace)) ??
    (prometheus === "install" ? kubernetes(namespace) : undefined);
  if (owner === undefined) return;
  complain(
    context,
    ["observability", "namespace"],
    `"${namespace}" is ${owner}: name one for what shows metrics, such as ${application === MONITORING_NAMESPACE ? "metrics" : MONITORING_NAMESPACE}`,
  );
}

function kubernetes(namespace: string): string | undefined {
  return namespace === "default" || namespace.startsWith("kube-") ? "Kubernetes' own" : undefined;
}
