import { string } from "../../validation/fields";
import type { Problem } from "../../validation/problem";
import { got } from "../../validation/show";
import { isResourceName } from "./resource-names";

/** ID of the service account of a cluster's nodes. */
export function nodeAccountId(clusterName: string): string {
  return `${clusterName}-nodes`;
}

/** Google allows 30 characters in the ID of a service account. */
const MAX_LENGTH = 30 - nodeAccountId("").length;

/** Name of a cluster. */
export const clusterName = string(
  (value) => isResourceName(value) && value.length <= MAX_LENGTH,
  "a cluster name",
  `use at most ${MAX_LENGTH} lowercase letters, digits and hyphens, and start with a letter`,
);

interface Names {
  /** Name of the component, which is the default. */
  readonly name: string;
  readonly clusterName?: string | undefined;
}

/** Refuses a component's name that is too long for the cluster, unless the cluster has its own name. */
export function checkDefaultName({ name, clusterName }: Names): readonly Problem[] {
  if (clusterName !== undefined || name.length <= MAX_LENGTH) return [];
  const message =
    `must be set, because the component's name has more than ${MAX_LENGTH} characters ${got(name)}: set clusterName, ` +
    "or shorten the name";
  return [{ path: ["clusterName"], message }];
}
