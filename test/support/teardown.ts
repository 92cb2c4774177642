import { named, type Recorded } from "./record";

/** Names of the resources of {@link allOutliving}. */
export function outliving(resources: readonly Recorded[], name: string): ReadonlySet<string> {
  const found = allOutliving(resources, named(resources, name));
  return new Set([...found].map((resource) => resource.name));
}

/**
 * Finds all resources that the engine deletes only after `resource`: its dependencies, its provider and its parents, and
 * what these depend on.
 *
 * @see https://github.com/pulumi/pulumi/blob/master/pkg/resource/graph/dependency_graph.go `DependenciesOf`
 */
export function allOutliving(
  resources: readonly Recorded[],
  resource: Recorded,
): ReadonlySet<Recorded> {
  const byUrn = new Map(resources.map((each) => [each.urn, each]));
  const found = new Set<Recorded>();
  const visit = ({ outlivedBy }: Recorded): void => {
    for (const urn of outlivedBy) {
      // The recorder does not record the stack itself.
      const next = byUrn.get(urn);
      if (!next || found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(resource);
  return found;
}
