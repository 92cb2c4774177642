import { named, type Recorded } from "./record";

/**
 * Names of all resources that the engine deletes only after `name` is gone: what it depends on, its provider and its
 * parents, and what these depend on in turn.
 */
export function outliving(resources: readonly Recorded[], name: string): ReadonlySet<string> {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const found = new Set<Recorded>();
  const visit = ({ outlivedBy }: Recorded): void => {
    for (const urn of outlivedBy) {
      // The stack itself is not recorded.
      const next = byUrn.get(urn);
      if (!next || found.has(next)) continue;
      found.add(next);
      visit(next);
    }
  };
  visit(named(resources, name));
  return new Set([...found].map((resource) => resource.name));
}
