import type { Problem } from "../../validation/problem";
import { got } from "../../validation/show";

const NAME = /^projects\/[^/]+\/locations\/([^/]+)\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/;

/** The form of a key's name, for messages. */
export const KEY_NAME_FORM = "projects/…/locations/…/keyRings/…/cryptoKeys/…";

/** Whether `value` is the name of a Cloud KMS key. */
export function isKeyName(value: string): boolean {
  return NAME.test(value);
}

/** Refuses a key of another region: GKE can use only keys of the cluster's region. */
export function checkKeyRegion<Key extends string>(key: Key) {
  return (
    settings: { readonly region: string } & Readonly<Partial<Record<Key, string | undefined>>>,
  ): readonly Problem[] => {
    const value: string | undefined = settings[key];
    const location = value === undefined ? undefined : NAME.exec(value)?.[1];
    if (location === undefined || location === settings.region) return [];
    const message = `must be a key in ${settings.region}, the cluster's region ${got(value)}`;
    return [{ path: [key], message }];
  };
}
