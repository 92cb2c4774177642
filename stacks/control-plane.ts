import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { load } from "js-yaml";

import { isManaged } from "../components/istio/managed-revision";
import { istioConfigMap } from "../components/istio/revision";
import { ROOT_NAMESPACE } from "../components/istio/root-namespace";
import type { Config } from "../config";
import { got } from "../validation/show";
import { awaitOutput } from "./await-output";
import { EXISTING_ISTIO } from "./names";
import type { StackOutputs } from "./stack-outputs";

/** Istio's word for the trust domain of the mesh in which a policy is, and the default of every mesh. */
const OWN_TRUST_DOMAIN = "cluster.local";

/**
 * Reads the ConfigMap of an existing control plane, so that a revision that the cluster does not have stops the stack before it
 * creates anything. Otherwise a gateway's pod would never start, and Helm would wait for it. `previous` has the outputs of the
 * stack's last update.
 *
 * @throws RunError when the last update of this stack had the other kind of Istio, or when the mesh has another trust domain, so
 * that the egress gateway would refuse its callers
 */
export async function requireControlPlane(
  previous: StackOutputs,
  { existingIstio }: Pick<Config, "existingIstio">,
  opts: pulumi.CustomResourceOptions,
): Promise<void> {
  requireSameKind(previous, existingIstio !== undefined);
  if (!existingIstio) return;
  const { revision, trustDomain } = existingIstio;
  const { configMap = isManaged(revision) ? "none" : istioConfigMap(revision) } = existingIstio;
  if (configMap === "none") return;
  const { data } = k8s.core.v1.ConfigMap.get(
    EXISTING_ISTIO,
    `${ROOT_NAMESPACE}/${configMap}`,
    opts,
  );
  const [own, ...aliases] = readTrustDomains((await awaitOutput(data))["mesh"] ?? "");
  if ([OWN_TRUST_DOMAIN, own, ...aliases].includes(trustDomain)) return;
  throw new pulumi.RunError(
    `existingIstio.trustDomain: must be the mesh's trust domain, "${own}" ${got(trustDomain)}: remove it, or correct it. Nothing was created.`,
  );
}

/** What a stack records about the Istio that it uses. */
export function istioOutput({ existingIstio }: Pick<Config, "existingIstio">) {
  return existingIstio ? { existingIstio: existingIstio.revision } : {};
}

/** @throws RunError when the last update of this stack had the other kind of Istio */
function requireSameKind(previous: StackOutputs, existing: boolean): void {
  const revision = previous["existingIstio"];
  if (Object.keys(previous).length === 0 || existing === (revision !== undefined)) return;
  throw new pulumi.RunError(
    existing
      ? "existingIstio: must be empty on a stack that has installed Istio: `pulumi up` would uninstall the control plane of all pods with a " +
          "sidecar. Remove it, or run `pulumi destroy` first. Nothing was changed."
      : `existingIstio: must stay set on a stack that uses an existing Istio, of revision "${String(revision)}": \`pulumi up\` would install ` +
          "another one into the same namespace. Set it again, or run `pulumi destroy` first. Nothing was changed.",
  );
}

/** The trust domain of a mesh, and its aliases. */
function readTrustDomains(meshConfig: string): readonly [string, ...string[]] {
  const { trustDomain = OWN_TRUST_DOMAIN, trustDomainAliases = [] } = (load(meshConfig) ?? {}) as {
    readonly trustDomain?: string;
    readonly trustDomainAliases?: readonly string[];
  };
  return [trustDomain, ...trustDomainAliases];
}
