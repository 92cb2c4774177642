import type { z } from "zod";

import { report } from "../../validation/issues";
import type { ClientValues, ServerValues } from "../keys";

const REASON = "has no effect with givenCa";

type ServerKeys = Pick<
  ServerValues,
  "givenCa" | "clients" | "revoked" | "trustedRoots" | "signingRoot" | "additionalRootsPem"
>;

/** Reports keys of the server that are about the program's own root and intermediates. */
export function checkServerGivenCa(values: ServerKeys, context: z.RefinementCtx): void {
  if (values.givenCa === undefined) return;
  const { revoked, trustedRoots, signingRoot, clients } = values;
  if (revoked.length > 0) {
    const message = `${REASON}: remove it, and put your PKI's revocation lists into givenCa.crlPem`;
    report(context, { path: ["revoked"], message });
  }
  const replaceRoot = `${REASON}: remove it, and put the roots into givenCa.trustAnchorPem`;
  if (trustedRoots.length > 1 || trustedRoots[0] !== 1) {
    report(context, { path: ["trustedRoots"], message: replaceRoot });
  }
  if (signingRoot !== 1) report(context, { path: ["signingRoot"], message: replaceRoot });
  if (values.additionalRootsPem !== undefined) {
    report(context, { path: ["additionalRootsPem"], message: replaceRoot });
  }
  for (const [index, client] of clients.entries()) {
    for (const key of ["signingRequestPem", "crlPem"] as const) {
      if (client[key] === undefined) continue;
      const message = `${REASON}: remove it. The client's stack needs its own givenCa`;
      report(context, { path: ["clients", index, key], message });
    }
  }
}

type ClientKeys = Pick<ClientValues, "givenCa" | "intermediateKey" | "revokedLeaves">;

/** Reports keys of the client that are about the program's own intermediate. */
export function checkClientGivenCa(values: ClientKeys, context: z.RefinementCtx): void {
  if (values.givenCa === undefined) return;
  if (values.intermediateKey === "client") {
    const message = `${REASON}, whose key is already the client's own: remove it`;
    report(context, { path: ["intermediateKey"], message });
  }
  if (values.revokedLeaves.length > 0) {
    const message = `${REASON}: remove it, and revoke the certificates in your PKI`;
    report(context, { path: ["revokedLeaves"], message });
  }
}
