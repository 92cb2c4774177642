import { isInstallOf } from "./charts";
import { read, stringOf } from "./read";
import type { Resource } from "./rule";
import { CONFIG_MAP } from "./types";

/** The settings of a mesh that rules check. Each may be unknown or missing. */
export interface MeshConfig {
  /** Namespace of istiod. */
  readonly namespace: unknown;
  readonly trustDomain: unknown;
  /** Which hosts sidecars can connect to. */
  readonly outboundMode: unknown;
}

/**
 * The mesh that a resource configures; undefined for a resource that configures none. The resource is istiod's chart, or
 * the ConfigMap that the chart renders: for a `helm.sh/v4:Chart`, policies see the rendered objects but not the values.
 */
export function meshConfigOf(resource: Resource): MeshConfig | undefined {
  const { props } = resource;
  const yaml = resource.type === CONFIG_MAP ? stringOf(read(props, "data", "mesh")) : "";
  if (yaml) {
    return {
      namespace: read(props, "metadata", "namespace"),
      trustDomain: /^ *trustDomain: *"?([^"\s]+)/m.exec(yaml)?.[1],
      outboundMode: /^ *outboundTrafficPolicy:\s+mode: *"?(\w+)/m.exec(yaml)?.[1],
    };
  }
  if (!isInstallOf("istiod", resource)) return undefined;
  const values = read(props, "values", "meshConfig");
  return {
    namespace: read(props, "namespace"),
    trustDomain: read(values, "trustDomain"),
    outboundMode: read(values, "outboundTrafficPolicy", "mode"),
  };
}
