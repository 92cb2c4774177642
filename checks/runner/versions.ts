import type { Mesh, Meshes } from "../meshes";
import { ROOT_NAMESPACE } from "../../components/istio/root-namespace";

/** Versions of the programs in both clusters, as far as the clusters show them. */
export async function readVersions({ server, client }: Meshes): Promise<Record<string, string>> {
  const found = await Promise.all([server, client].map(readClusterVersions));
  return { node: process.version, ...found[0], ...found[1] };
}

async function readClusterVersions({ kubectl, name }: Mesh): Promise<Record<string, string>> {
  const [version, images] = await Promise.all([
    kubectl(["version", "-o", "json"]),
    kubectl([
      ...["get", "pods", "-n", ROOT_NAMESPACE, "-l", "app=istiod"],
      ...["-o", "jsonpath={.items[*].spec.containers[*].image}"],
    ]),
  ]);
  const kubernetes = /"serverVersion"[\s\S]*?"gitVersion": "([^"]+)"/.exec(version.stdout)?.[1];
  const istiod = [...new Set(images.stdout.split(" "))].filter((image) => image !== "").sort();
  return {
    ...(kubernetes !== undefined && { [`kubernetes (${name})`]: kubernetes }),
    ...(istiod.length > 0 && { [`istiod (${name})`]: istiod.join(", ") }),
  };
}
