import { named, type Recorded } from "./record";

/**
 * Names of all resources that the engine deletes only after `name` is gone: what it depends on, its provider and its
 * parents, and what these depend on in turn.
 */
export function outliving(resources: readonly Recorded[], name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = ({
    options: { parent, dependsOn = [], provider, deletedWith },
  }: Recorded): void => {
    for (const next of [parent, provider, deletedWith, ...dependsOn]) {
      if (next === undefined || found.has(next)) continue;
      found.add(next);
      // A reference to another stack is read, not registered, and deleted by no one.
      const resource = resources.find((candidate) => candidate.name === next);
      if (resource) visit(resource);
    }
  };
  visit(named(resources, name));
  return found;
}
