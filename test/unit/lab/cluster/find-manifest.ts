import type { Manifest } from "../../../../lab/cluster/api-client";

/** Finds the first object of a kind; an empty object if no manifest has that kind. */
export function findManifest(
  manifests: readonly Manifest[],
  kind: string,
): Record<string, unknown> {
  const objects = manifests.map(({ object }) => object as Record<string, unknown>);
  return objects.find((object) => object["kind"] === kind) ?? {};
}
