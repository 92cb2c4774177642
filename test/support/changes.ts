import { isDeepStrictEqual } from "node:util";

import type { Recorded } from "./record";

/** Names of the resources that the engine would create, delete, and update or replace between two recordings. */
export function changes(before: readonly Recorded[], after: readonly Recorded[]) {
  const without = (all: readonly Recorded[], others: readonly Recorded[]) =>
    all.filter(({ urn }) => !others.some((other) => other.urn === urn));
  const inputsOf = (urn: string) => after.find((each) => each.urn === urn)?.inputs;
  return {
    created: names(without(after, before)),
    deleted: names(without(before, after)),
    changed: names(
      before
        .filter(({ urn }) => after.some((each) => each.urn === urn))
        .filter(({ urn, inputs }) => !isDeepStrictEqual(inputs, inputsOf(urn))),
    ),
  };
}

const names = (resources: readonly Recorded[]) => resources.map(({ name }) => name).sort();
