import { createPrivateKey, webcrypto } from "node:crypto";

const ECDSA = { name: "ECDSA", namedCurve: "P-256" } as const;

/** Of keys and signatures alike, as the program has them. */
export const SIGNING = { ...ECDSA, hash: "SHA-256" } as const;

/** A new key pair, ECDSA P-256. */
export function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ECDSA, true, ["sign", "verify"]);
}

/** A private key in PKCS #8 (PEM). */
export async function privateKeyPem(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", key));
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" })
    .export({ format: "pem", type: "pkcs8" })
    .toString();
}

/** A private key for signing, from PEM in any of its forms. */
export function signingKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ format: "der", type: "pkcs8" });
  return webcrypto.subtle.importKey("pkcs8", der, ECDSA, false, ["sign"]);
}
