/**
 * Changes the arguments of a resource that a component makes. It gets the component's arguments and returns the ones to
 * use, so a component needs no argument of its own for time-outs, retries, connection pools or annotations.
 *
 * A transform can also weaken what the component guarantees, such as the TLS mode. The policy pack in `policy/` checks
 * the resulting objects. For a field that the types leave out, use Pulumi's resource option `transforms`.
 *
 * @see https://www.pulumi.com/docs/iac/concepts/resources/options/transforms/
 */
export type Transform<Args> = (args: Args, name: string) => Args;

/**
 * The arguments of the resource `name` after `transform`, if there is one.
 *
 * @throws Error when the transform returns nothing
 */
export function applyTransform<Args>(
  transform: Transform<Args> | undefined,
  name: string,
  args: Args,
): Args {
  if (!transform) return args;
  const changed = transform(args, name) as Args | undefined;
  if (changed === undefined) {
    throw new Error(
      `the transform of "${name}" returned nothing: return the arguments, with your changes`,
    );
  }
  return changed;
}
