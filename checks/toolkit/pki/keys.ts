import { createPrivateKey, webcrypto } from "node:crypto";

const ECDSA = { name: "ECDSA", namedCurve: "P-256" } as const;

/** Algorithm of all keys and signatures, the same as the program's. */
export const SIGNING = { ...ECDSA, hash: "SHA-256" } as const;

/** Generates an ECDSA P-256 key pair. */
export function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ECDSA, true, ["sign", "verify"]);
}

/** Writes a private key as PKCS #8 (PEM). */
export async function exportPrivateKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key));
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" })
    .export({ format: "pem", type: "pkcs8" })
    .toString();
}

/** Reads a private key for signing from PEM, PKCS #8 or SEC 1. */
export function importPrivateKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ format: "der", type: "pkcs8" });
  return webcrypto.subtle.importKey("pkcs8", der, ECDSA, false, ["sign"]);
}
