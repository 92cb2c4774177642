import { string } from "../../validation/fields";

/** What the provider adds to the names of resources: a hyphen and seven hexadecimal digits. */
const SUFFIX = "-1234567";

/** A name that Google accepts for resources of Compute Engine and GKE, apart from its length. */
export function isResourceName(value: string): boolean {
  return /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/.test(value);
}

/**
 * A component's name, from which the names of its resources are made.
 *
 * @param longest the longest name that is made from it, without the component's name
 * @param maxLength characters that Google allows in that name
 */
export function namePrefix(longest: string, maxLength: number) {
  const max = maxLength - `${longest}${SUFFIX}`.length;
  return string(
    (value) => isResourceName(value) && value.length <= max,
    `a name of at most ${max} lowercase letters, digits and hyphens that starts with a letter`,
    "the names of Google Cloud resources are made from it",
  );
}
