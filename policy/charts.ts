import { read, text } from "./read";
import type { Resource } from "./rule";
import { RELEASE } from "./types";

/** Whether a resource is the release of that chart of Istio's, from a repository, a registry, a folder or a file. */
export function isRelease({ type, props }: Resource, chart: "istiod" | "gateway"): boolean {
  if (type !== RELEASE) return false;
  const place = text(read(props, "chart")).replace(/-\d[^/]*\.tgz$/, "");
  return place === chart || place.endsWith(`/${chart}`);
}
