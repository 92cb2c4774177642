import type { z } from "zod";

import { report } from "../../validation/issues";
import { got } from "../../validation/show";

/** A Helm value that users must not change. */
interface ProtectedValue {
  /** The chart, and the keys in its values. */
  readonly path: readonly [chart: "base" | "istiod" | "gateway", ...keys: string[]];
  /** The value that the program sets, if users may write it too. */
  readonly allowed?: string;
  /** What depends on it, and what to do instead. */
  readonly reason: string;
}

const CLOSED = "the mesh is only closed with the program's value. Remove it";
const NAMESPACE = "the program installs Istio in istio-system. Remove it";
const REVISION =
  "the gateways and the sidecars follow istioRevision. Remove it, and set istioRevision";
const GATEWAY_NAME =
  "the program's rules and the other mesh know the gateway by its own name. Remove it";

const PROTECTED: readonly ProtectedValue[] = [
  { path: ["base", "global", "istioNamespace"], reason: NAMESPACE },
  { path: ["base", "defaultRevision"], reason: REVISION },
  {
    path: ["istiod", "meshConfig", "trustDomain"],
    reason: "the certificates have the mesh's trust domain. Remove it, and set trustDomain",
  },
  {
    path: ["istiod", "meshConfig", "outboundTrafficPolicy", "mode"],
    allowed: "REGISTRY_ONLY",
    reason:
      "sidecars could connect to any host, without the egress gateway. Remove it, and add a ServiceEntry for each host that they may call",
  },
  {
    path: ["istiod", "meshConfig", "defaultConfig", "proxyMetadata", "ISTIO_META_DNS_CAPTURE"],
    allowed: "true",
    reason: "sidecars resolve the server's hosts with it. Remove it",
  },
  { path: ["istiod", "meshConfig", "rootNamespace"], reason: CLOSED },
  { path: ["istiod", "global", "istioNamespace"], reason: NAMESPACE },
  { path: ["istiod", "revision"], reason: REVISION },
  { path: ["gateway", "name"], reason: GATEWAY_NAME },
  { path: ["gateway", "labels", "istio"], reason: GATEWAY_NAME },
  { path: ["gateway", "serviceAccount", "name"], reason: GATEWAY_NAME },
  { path: ["gateway", "serviceAccount", "create"], reason: GATEWAY_NAME },
  { path: ["gateway", "revision"], reason: REVISION },
  {
    path: ["gateway", "service", "type"],
    reason:
      "the chart's Service would be a second way into the gateway. Remove it, and set ingressType on the server",
  },
];

/** Reports Helm values that replace or empty what the program relies on, in whole or in part. */
export function checkProtectedValues(values: object, context: z.RefinementCtx): void {
  for (const { path, allowed, reason } of PROTECTED) {
    const change = findChange(values, path);
    if (!change || change.value === allowed) continue;
    const message =
      change.path.length < path.length
        ? `must be an object ${got(change.value)}: it would replace all of the program's own values. Remove it`
        : `must not be changed ${got(change.value)}: ${reason}`;
    report(context, { path: change.path, message });
  }
}

/**
 * The value at `path`; or the value above it that Helm would put in its place, because it is not an object. `undefined`
 * if `path` is not set.
 */
function findChange(
  values: object,
  path: readonly string[],
): { readonly path: readonly string[]; readonly value: unknown } | undefined {
  let value: unknown = values;
  for (const [index, key] of path.entries()) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return { path: path.slice(0, index), value };
    }
    if (!Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return { path, value };
}
