import type { z } from "zod";

import { isManaged } from "../../components/istio/managed-revision";
import { report } from "../../validation/issues";
import { got } from "../../validation/show";
import type { ClientValues, CommonValues } from "../keys";

type IstioKeys = Pick<
  CommonValues,
  | "cluster"
  | "existingIstio"
  | "istioRevision"
  | "istioCanary"
  | "istioValues"
  | "sidecarAccessLogs"
>;

/** Reports keys that are about a control plane of the stack's own. */
export function checkExistingIstio(values: IstioKeys, context: z.RefinementCtx): void {
  const { existingIstio, cluster, istioRevision, istioCanary, istioValues, sidecarAccessLogs } =
    values;
  if (!existingIstio) return;
  const remove = (path: readonly string[], value: unknown, remedy: string) => {
    const message = `has no effect with existingIstio ${got(value)}: ${remedy}`;
    report(context, { path, message });
  };
  if (cluster === "gke") {
    const message =
      'must be "kubeconfig" with existingIstio (got "gke"): a cluster that this stack creates has no Istio. Remove existingIstio, or use a cluster that exists';
    report(context, { path: ["cluster"], message });
  }
  if (istioRevision !== "default") {
    remove(["istioRevision"], istioRevision, "remove it, and set existingIstio.revision");
  }
  if (istioCanary) {
    const remedy =
      "remove it. To follow a canary of the existing Istio, change existingIstio.revision";
    remove(["istioCanary"], istioCanary, remedy);
  }
  if (istioValues.base) {
    remove(["istioValues", "base"], istioValues.base, "remove it, and change the existing Istio");
  }
  const [changed] = listPaths(istioValues.istiod).filter(
    ({ path }) => path.join(".") !== CLUSTER_DOMAIN,
  );
  if (changed) {
    const remedy = `remove it, and change the existing Istio. Only ${CLUSTER_DOMAIN} tells the program about it`;
    remove(["istioValues", "istiod", ...changed.path], changed.value, remedy);
  }
  if (sidecarAccessLogs !== "failed") {
    const remedy = "remove it. The owner of the existing Istio decides what its sidecars log";
    remove(["sidecarAccessLogs"], sidecarAccessLogs, remedy);
  }
}

/** The value from which the program learns the cluster's DNS domain. */
const CLUSTER_DOMAIN = "global.proxy.clusterDomain";

interface Located {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** All values inside `value` that are not objects, with their paths. */
function listPaths(value: unknown, path: readonly string[] = []): readonly Located[] {
  if (value === undefined) return [];
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return [{ path, value }];
  }
  return Object.entries(value).flatMap(([key, inner]) => listPaths(inner, [...path, key]));
}

type ClientKeys = Pick<
  ClientValues,
  "existingIstio" | "egressGateway" | "minTlsVersion" | "networkPolicy"
>;

/** Reports what the client cannot have with an Istio of others. */
export function checkClientExistingIstio(values: ClientKeys, context: z.RefinementCtx): void {
  const { existingIstio, egressGateway, minTlsVersion, networkPolicy } = values;
  if (!existingIstio) return;
  if (egressGateway === "shared") {
    const message =
      'must be "dedicated" with existingIstio (got "shared"): a gateway in istio-system could read the Secrets of a control plane that is not this stack\'s';
    report(context, { path: ["egressGateway"], message });
  }
  if (!isManaged(existingIstio.revision)) return;
  // Cloud Service Mesh has EnvoyFilters for HTTP filters only:
  // https://docs.cloud.google.com/service-mesh/docs/data-plane-extensibility
  const reason = "Cloud Service Mesh ignores the EnvoyFilter that";
  if (minTlsVersion === "1.3") {
    const message = `must be "1.2" with Cloud Service Mesh (got "1.3"): ${reason} raises the client's minimum. Remove it here, and set it on the server`;
    report(context, { path: ["minTlsVersion"], message });
  }
  if (!networkPolicy) {
    const message = `must be true with Cloud Service Mesh (got false): ${reason} keeps sidecars from connecting to the server, so only the NetworkPolicy does. Remove it`;
    report(context, { path: ["networkPolicy"], message });
  }
}
