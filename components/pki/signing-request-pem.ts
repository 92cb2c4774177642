import { z } from "zod";

/** The only label that Pulumi's tls provider accepts. Older tools write NEW CERTIFICATE REQUEST. */
const ONE_BLOCK =
  /^\s*-----BEGIN CERTIFICATE REQUEST-----\r?\n([A-Za-z0-9+/=\s]+)\r?\n-----END CERTIFICATE REQUEST-----\s*$/;
const BASE64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const error =
  "must be a signing request in PEM (value not shown): paste the client stack's output signingRequestPem, from -----BEGIN to END-----, and nothing else";

/** A signing request (PKCS #10, PEM). Stacks store it unencrypted, so a key pasted with it would be readable. */
export const signingRequestPem = z.string({ error }).refine(isSigningRequest, { error });

function isSigningRequest(value: string): boolean {
  const body = ONE_BLOCK.exec(value)?.[1]?.replaceAll(/\s/g, "");
  return body !== undefined && BASE64.test(body) && isOneSequence(Buffer.from(body, "base64"));
}

/** Whether the bytes are exactly one DER sequence. */
function isOneSequence(der: Buffer): boolean {
  const [tag, length = 0] = der;
  if (tag !== 0x30) return false;
  if (length < 0x80) return der.length === 2 + length;
  const size = length - 0x80;
  // A request's length needs no more than four bytes.
  return size >= 1 && size <= 4 && der.length >= 2 + size
    ? der.length === 2 + size + der.readUIntBE(2, size)
    : false;
}
