import { read, text } from "./read";
import type { Resource } from "./rule";
import { CHART } from "./types";

/** Whether a resource installs that chart of Istio's, from a repository, a registry, a folder or a file. */
export function installs({ type, props }: Resource, chart: "istiod" | "gateway"): boolean {
  if (!CHART.includes(type)) return false;
  // The older Chart names a folder by `path`.
  const given = text(read(props, "chart")) || text(read(props, "path"));
  const place = given.replace(/-\d[^/]*\.tgz$/, "");
  return place === chart || place.endsWith(`/${chart}`);
}
