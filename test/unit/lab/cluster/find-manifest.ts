import type { Manifest } from "../../../../lab/cluster/api-client";

/** Finds the first object of a kind. Returns an empty object if the kind has none. */
export function findManifest(
  manifests: readonly Manifest[],
  kind: string,
): Record<string, unknown> {
  const objects = manifests.map(({ object }) => object as Record<string, unknown>);
  return objects.find((object) => object["kind"] === kind) ?? {};
}
