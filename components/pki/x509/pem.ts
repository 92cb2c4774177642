import { AsnConvert } from "@peculiar/asn1-schema";
import { Certificate, id_ce_subjectKeyIdentifier, KeyIdentifier } from "@peculiar/asn1-x509";

import { toArrayBuffer } from "./signature";

/** Reads the first certificate of a string (PEM). */
export function readCertificate(pem: string): Certificate {
  const [, base64 = ""] =
    /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/.exec(pem) ?? [];
  return AsnConvert.parse(toArrayBuffer(Buffer.from(base64, "base64")), Certificate);
}

/** Reads the identifier of a CA's key, by which verifiers find the issuer of a certificate. */
export function readSubjectKeyId({ tbsCertificate }: Certificate): KeyIdentifier {
  const found = tbsCertificate.extensions?.find(
    ({ extnID }) => extnID === id_ce_subjectKeyIdentifier,
  );
  if (!found) throw new Error("the certificate has no subject key identifier");
  return AsnConvert.parse(found.extnValue.buffer, KeyIdentifier);
}

/** Writes DER as PEM, in lines of 64 characters. */
export function writePem(label: string, der: ArrayBuffer): string {
  const base64 = Buffer.from(der).toString("base64");
  const lines = base64.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
