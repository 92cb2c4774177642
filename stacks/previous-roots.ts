import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { explainUnsafeChange, type TrustedRoots } from "../components/pki/trusted-roots";
import type { StackOutputs } from "./stack-outputs";

/** What the server's stack records of its roots. Earlier versions had one root, and did not record it. */
const recorded = z.object({
  trustedRoots: z.array(z.number()).default([1]),
  signingRoot: z.number().default(1),
});

/**
 * Compares the roots with those of the last update of this stack, whose outputs are `previous`. A mesh must trust a root before it sees certificates
 * under it, and as long as it sees any.
 *
 * @throws RunError when certificates that are in use would be refused
 */
export function requireSafeRoots(previous: StackOutputs, roots: TrustedRoots): void {
  if (Object.keys(previous).length === 0) return;
  const problem = explainUnsafeChange(recorded.parse(previous), roots);
  if (problem === undefined) return;
  throw new pulumi.RunError(
    `${problem} docs/security.md describes the steps ("A new root"). Nothing was changed.`,
  );
}
