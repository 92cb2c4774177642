import { AsnConvert } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  AuthorityKeyIdentifier,
  CertificateList,
  CRLNumber,
  CRLReason,
  CRLReasons,
  id_ce_authorityKeyIdentifier,
  id_ce_cRLNumber,
  id_ce_cRLReasons,
  RevokedCertificate,
  TBSCertList,
  Time,
  Version,
} from "@peculiar/asn1-x509";

import { extension } from "./extension";
import { readCertificate, readSubjectKeyId, writePem } from "./pem";
import { ECDSA_WITH_SHA256, sign, toArrayBuffer } from "./signature";

const HOUR_MS = 3_600_000;

/** Why a certificate is revoked. Tools show it; every reason has the same effect. */
export const REVOCATION_REASONS = [
  "unspecified",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "privilegeWithdrawn",
] as const;

/** A certificate that is no longer valid. */
export interface RevokedSerial {
  /** Its serial number: hexadecimal digits, with or without colons. */
  readonly serial: string;
  /** @default "unspecified" */
  readonly reason?: (typeof REVOCATION_REASONS)[number] | undefined;
}

/** What makes a revocation list. */
export interface RevocationListArgs {
  /** Certificate of the CA (PEM). */
  readonly issuerCertPem: string;
  /** Private key of the CA (PEM, ECDSA P-256). */
  readonly issuerPrivateKeyPem: string;
  /** Revoked certificates of this CA. */
  readonly revoked: readonly RevokedSerial[];
  /** Certificate (PEM) with the validity of the list. Nothing else of it counts. */
  readonly clockPem: string;
}

/** Signs a certificate revocation list (PEM). The same arguments always give the same list. */
export function signRevocationList(args: RevocationListArgs): string {
  const algorithm = new AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 });
  const issuer = readCertificate(args.issuerCertPem);
  const { notBefore, notAfter } = readCertificate(args.clockPem).tbsCertificate.validity;
  // Verifiers refuse every certificate with a list from the future, and their clocks differ.
  const start = notBefore.getTime();
  start.setTime(start.getTime() - HOUR_MS);
  const thisUpdate = new Time(start);
  const revokedCertificates = args.revoked.map(({ serial, reason = "unspecified" }) => {
    return new RevokedCertificate({
      userCertificate: encodeSerial(serial),
      revocationDate: thisUpdate,
      ...(reason !== "unspecified" && {
        crlEntryExtensions: [extension(id_ce_cRLReasons, new CRLReason(CRLReasons[reason]))],
      }),
    });
  });
  const body = new TBSCertList({
    version: Version.v2,
    signature: algorithm,
    issuer: issuer.tbsCertificate.subject,
    thisUpdate,
    nextUpdate: notAfter,
    // An empty list is not allowed. An empty CRL has none.
    ...(revokedCertificates.length > 0 && { revokedCertificates }),
    crlExtensions: [
      extension(
        id_ce_authorityKeyIdentifier,
        new AuthorityKeyIdentifier({ keyIdentifier: readSubjectKeyId(issuer) }),
      ),
      // A later list needs a higher number. Each change of the list has a clock that starts later.
      extension(id_ce_cRLNumber, new CRLNumber(Math.floor(thisUpdate.getTime().getTime() / 1000))),
    ],
  });
  const list = new CertificateList({
    tbsCertList: body,
    signatureAlgorithm: algorithm,
    signature: sign(AsnConvert.serialize(body), args.issuerPrivateKeyPem),
  });
  return writePem("X509 CRL", AsnConvert.serialize(list));
}

/** A positive integer: its first bit is 0. */
function encodeSerial(serial: string): ArrayBuffer {
  const digits = BigInt(`0x${serial.replaceAll(":", "")}`).toString(16);
  const even = digits.padStart(digits.length + (digits.length % 2), "0");
  return toArrayBuffer(Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, "hex"));
}
