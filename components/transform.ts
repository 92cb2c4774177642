/**
 * Changes the arguments of one resource that a component makes, for what the component has no argument for: time-outs,
 * retries, connection pools, annotations. It gets the component's arguments and returns the ones to use.
 *
 * A transform can also weaken what the component guarantees, such as the TLS mode. The policy pack in `policy/` checks
 * the result.
 */
export type Transform<Args> = (args: Args, name: string) => Args;

/** `args` after `transform`, if there is one. */
export function transformed<Args>(
  transform: Transform<Args> | undefined,
  name: string,
  args: Args,
): Args {
  return transform ? transform(args, name) : args;
}
