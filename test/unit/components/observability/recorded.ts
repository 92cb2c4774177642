import type { Settings } from "../../../support/config";
import type { Recorded } from "../../../support/record";
import { recordClient, recordServer } from "../../../support/stacks";

const stacks = { server: recordServer, client: recordClient };

export type StackName = keyof typeof stacks;

export const STACK_NAMES = Object.keys(stacks) as StackName[];

/** Recorded stacks by their settings, because recording takes time. */
const cache = new Map<string, ReturnType<typeof recordServer>>();

export function recorded(
  stack: StackName,
  settings: Settings,
): Promise<Awaited<ReturnType<typeof recordServer>>> {
  const key = JSON.stringify([stack, settings]);
  const found = cache.get(key) ?? stacks[stack](settings);
  cache.set(key, found);
  return found;
}

/** The stack with these settings for `observability`, and the resources that it does not have without them. */
export async function recordedWith(stack: StackName, observability: Settings) {
  const { resources, outputs } = await recorded(stack, { observability });
  const without = await recorded(stack, {});
  const before = new Set(without.resources.map(({ name }) => name));
  return { resources, outputs, added: resources.filter(({ name }) => !before.has(name)) };
}

/** `KIND NAME` of each resource, sorted. */
export function kinds(resources: readonly Recorded[]): string[] {
  return resources.map(({ type, name }) => `${type.replace(/^.*[:/]/, "")} ${name}`).sort();
}
