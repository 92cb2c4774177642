import { read, stringOf } from "./read";
import type { Resource } from "./rule";
import { CHART } from "./types";

/** Whether a resource installs this Istio chart, from a repository, a registry, a folder or a file. */
export function isInstallOf(chart: "istiod" | "gateway", { type, props }: Resource): boolean {
  if (!CHART.includes(type)) return false;
  // helm.sh/v3:Chart has `path` for a folder.
  const source = stringOf(read(props, "chart")) || stringOf(read(props, "path"));
  const location = source.replace(/-\d[^/]*\.tgz$/, "");
  return location === chart || location.endsWith(`/${chart}`);
}
