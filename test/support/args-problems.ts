import { ArgsError } from "../../validation/args";
import { formatPath } from "../../validation/problem";
import { record } from "./record";

/**
 * What a component says about its arguments, one line for each problem. Empty if it accepts them.
 *
 * @throws Error when it registers a resource before it refuses, or fails for another reason
 */
export async function argsProblems(create: () => unknown): Promise<readonly string[]> {
  let thrown: unknown;
  const resources = await record(() => {
    try {
      create();
    } catch (error) {
      thrown = error;
    }
  });
  if (thrown === undefined) return [];
  if (!(thrown instanceof ArgsError)) throw thrown as Error;
  if (resources.length > 0) throw new Error(`registered ${resources.length} resources, then threw`);
  return thrown.problems.map(({ path, message }) => `${formatPath(path)}: ${message}`);
}
