import { read, text } from "./read";
import type { Resource } from "./rule";
import { CHART, CONFIG_MAP } from "./types";

/** Whether a resource installs that chart of Istio's, from a repository, a registry, a folder or a file. */
export function installs({ type, props }: Resource, chart: "istiod" | "gateway"): boolean {
  if (!CHART.includes(type)) return false;
  // The older Chart names a folder by `path`.
  const given = text(read(props, "chart")) || text(read(props, "path"));
  const place = given.replace(/-\d[^/]*\.tgz$/, "");
  return place === chart || place.endsWith(`/${chart}`);
}

/**
 * The mesh's configuration (YAML) in the ConfigMap that istiod's chart renders; empty for any other resource. Pulumi
 * shows policies what a `helm.sh/v4:Chart` renders, but not the values that it renders it with.
 */
export function renderedMesh({ type, props }: Resource): string {
  return type === CONFIG_MAP ? text(read(props, "data", "mesh")) : "";
}
