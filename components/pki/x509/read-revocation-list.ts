import { createPublicKey, verify } from "node:crypto";

import { AsnConvert } from "@peculiar/asn1-schema";
import { CertificateList } from "@peculiar/asn1-x509";

import { toArrayBuffer } from "./signature";

const ONE_BLOCK = /^\s*-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----\s*$/;

/**
 * Reads a certificate revocation list (PEM) and nothing else.
 *
 * @returns undefined for any other text
 */
export function readRevocationList(pem: string): CertificateList | undefined {
  const base64 = ONE_BLOCK.exec(pem)?.[1];
  if (base64 === undefined) return undefined;
  try {
    return AsnConvert.parse(toArrayBuffer(Buffer.from(base64, "base64")), CertificateList);
  } catch {
    return undefined;
  }
}

/** From when until when verifiers use a list. Outside of this time, they refuse every certificate of its CA. */
export function validityOf({
  tbsCertList,
}: CertificateList): { readonly notBefore: Date; readonly notAfter: Date } | undefined {
  const notAfter = tbsCertList.nextUpdate?.getTime();
  return notAfter && { notBefore: tbsCertList.thisUpdate.getTime(), notAfter };
}

/** Whether the CA with this certificate (PEM) signed a list. */
export function isSignedBy(
  { tbsCertListRaw, signature }: CertificateList,
  certPem: string,
): boolean {
  return verify(
    "sha256",
    new Uint8Array(tbsCertListRaw ?? new ArrayBuffer()),
    createPublicKey(certPem),
    new Uint8Array(signature),
  );
}
