import type { KeyObject } from "node:crypto";

import { z } from "zod";

import { report } from "../../validation/issues";
import { got } from "../../validation/show";
import { intermediateCommonName } from "./intermediate-cert";
import { parseSigningRequest } from "./parse-signing-request";

const ONE_REQUEST =
  "must be a signing request in PEM (value not shown): paste the client stack's output signingRequestPem, from -----BEGIN to END-----, and nothing else";

/** A signing request (PKCS #10, PEM). Stacks store it unencrypted, so a key pasted with it would be readable. */
export const signingRequestPem = z.string({ error: ONE_REQUEST }).superRefine((value, context) => {
  const message = findProblem(value);
  if (message !== undefined) context.addIssue({ code: "custom", message });
});

function findProblem(value: string): string | undefined {
  const request = parseSigningRequest(value);
  if (!request) return ONE_REQUEST;
  if (request.publicKey.asymmetricKeyDetails?.namedCurve !== "prime256v1") {
    return (
      `must have an ECDSA key on the curve P-256 (got ${describeKey(request.publicKey)}): paste the client stack's ` +
      "output signingRequestPem, or make the request with such a key"
    );
  }
  if (!request.isSelfSigned) {
    return "must be signed by its own key (value not shown): the request is damaged, so copy the client stack's output signingRequestPem again";
  }
  return undefined;
}

function describeKey({ asymmetricKeyType: type, asymmetricKeyDetails: details = {} }: KeyObject) {
  if (details.namedCurve !== undefined) return `the curve ${details.namedCurve}`;
  const bits = details.modulusLength === undefined ? "" : ` with ${details.modulusLength} bits`;
  return `${type?.toUpperCase() ?? "another kind"}${bits}`;
}

interface NamedRequest {
  readonly name: string;
  readonly signingRequestPem?: unknown;
}

/**
 * Requires that each request was made for its client. The certificate gets its subject from the request, so another
 * client's request would get that client's name.
 */
export function checkRequestNames(
  clients: readonly NamedRequest[],
  context: z.RefinementCtx,
): void {
  for (const [index, { name, signingRequestPem: pem }] of clients.entries()) {
    // An output is not known yet.
    const request = typeof pem === "string" ? parseSigningRequest(pem) : undefined;
    const expected = intermediateCommonName(name);
    if (!request || request.commonName === expected) continue;
    report(context, {
      path: [index, "signingRequestPem"],
      message: `must have the common name "${expected}" ${got(request.commonName)}: paste the output signingRequestPem of the stack whose clientName is "${name}"`,
    });
  }
}
