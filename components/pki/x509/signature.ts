import { createHash, createPrivateKey } from "node:crypto";

import { p256 } from "@noble/curves/nist.js";

/** OID of the only algorithm that the program signs with: ECDSA with SHA-256. */
export const ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";

/**
 * Signs bytes with an ECDSA P-256 key (PEM). The same key and bytes always give the same signature (RFC 6979), so that
 * what an `up` signs again does not change. Node's own signatures are random.
 */
export function sign(bytes: ArrayBuffer, privateKeyPem: string): ArrayBuffer {
  const { d = "" } = createPrivateKey(privateKeyPem).export({ format: "jwk" });
  const digest = createHash("sha256").update(new Uint8Array(bytes)).digest();
  const signature = p256.sign(digest, Buffer.from(d, "base64url"), { prehash: false });
  return toArrayBuffer(signature.toBytes("der"));
}

/** Copies bytes. A Buffer can be a part of a larger ArrayBuffer. */
export function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}
