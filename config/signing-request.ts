import { z } from "zod";

/** The only label that Pulumi's tls provider takes; older tools write NEW CERTIFICATE REQUEST. */
const ONE_BLOCK =
  /^\s*-----BEGIN CERTIFICATE REQUEST-----\r?\n([A-Za-z0-9+/=\s]+)\r?\n-----END CERTIFICATE REQUEST-----\s*$/;
const BASE64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const error =
  "the value is no signing request: paste the output signingRequestPem of the client's stack, from -----BEGIN to END-----, and nothing else";

/** A PKCS #10 signing request. Stacks store it in plain: a key beside it would be there for all to read. */
export const signingRequest = z.string({ error }).refine(isSigningRequest, { error });

function isSigningRequest(value: string): boolean {
  const body = ONE_BLOCK.exec(value)?.[1]?.replaceAll(/\s/g, "");
  return body !== undefined && BASE64.test(body) && isOneSequence(Buffer.from(body, "base64"));
}

/** Whether the bytes are one DER sequence: neither cut off nor followed by others. */
function isOneSequence(der: Buffer): boolean {
  const [tag, length = 0] = der;
  if (tag !== 0x30) return false;
  if (length < 0x80) return der.length === 2 + length;
  const size = length - 0x80;
  // Four bytes of length are more than any request needs.
  return size >= 1 && size <= 4 && der.length >= 2 + size
    ? der.length === 2 + size + der.readUIntBE(2, size)
    : false;
}
