import { z } from "zod";

import { integer, nonEmptyList, unique } from "../../validation/fields";
import { isReported, report } from "../../validation/issues";
import { got } from "../../validation/show";

/** The roots that the meshes trust, and the one that signs. */
export interface TrustedRoots {
  /** Numbers of the roots that the meshes trust. A new number makes a new root, and a number that is gone deletes its root. */
  readonly trustedRoots: readonly number[];
  /** Number of the root that signs the intermediates. */
  readonly signingRoot: number;
}

/** The number of a root. */
export const rootNumber = integer(1, 1_000_000);

/** Numbers of roots. */
export const rootNumbers = nonEmptyList(
  rootNumber,
  "name at least the root that signs",
).superRefine(unique);

/** Reports a signing root that no mesh would trust. */
export function checkTrustedRoots(
  { trustedRoots, signingRoot }: TrustedRoots,
  context: z.RefinementCtx,
): void {
  if (trustedRoots.includes(signingRoot) || isReported(context, ["trustedRoots"])) return;
  report(context, {
    path: ["signingRoot"],
    message: `must be one of trustedRoots, ${trustedRoots.join(", ")} ${got(signingRoot)}: no gateway would accept its certificates`,
  });
}

/** What one update may not do to the roots, because certificates that are in use would be refused until the next one. */
export function explainUnsafeChange(from: TrustedRoots, to: TrustedRoots): string | undefined {
  if (!from.trustedRoots.includes(to.signingRoot)) {
    return (
      `signingRoot: must be a root that all meshes trust already, ${from.trustedRoots.join(", ")} (got ${to.signingRoot}): ` +
      `keep signingRoot ${from.signingRoot}, add ${to.signingRoot} to trustedRoots, and update this stack and each client's first.`
    );
  }
  if (!to.trustedRoots.includes(from.signingRoot)) {
    return (
      `trustedRoots: must contain ${from.signingRoot}, under which the meshes have their certificates (got ${to.trustedRoots.join(", ")}): ` +
      `keep it, and update this stack and each client's with signingRoot ${to.signingRoot} first.`
    );
  }
  return undefined;
}
