import { createHash } from "node:crypto";

import { AsnConvert } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  Extensions,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectKeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  SubjectKeyIdentifier,
} from "@peculiar/asn1-x509";

import { extension } from "./extension";
import { nameConstraints, type PermittedNames } from "./name-constraints";
import { readCertificate, readSubjectKeyId, writePem } from "./pem";
import { ECDSA_WITH_SHA256, sign, toArrayBuffer } from "./signature";

/** What makes an intermediate CA of a draft. */
export interface IntermediateArgs {
  /** Certificate (PEM) with the subject, key and validity. Its issuer and its signature do not count. */
  readonly draftPem: string;
  /** Certificate of the root (PEM). */
  readonly rootCertPem: string;
  /** Private key of the root (PEM, ECDSA P-256). */
  readonly rootPrivateKeyPem: string;
  /** Names that the intermediate may sign. */
  readonly permitted: PermittedNames;
}

/** Signs an intermediate CA (PEM) that can sign no further CA. The same arguments always give the same certificate. */
export function signIntermediate(args: IntermediateArgs): string {
  const algorithm = new AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 });
  const root = readCertificate(args.rootCertPem);
  const draft = readCertificate(args.draftPem);
  const body = draft.tbsCertificate;
  const keyId = readSubjectKeyId(draft);
  body.issuer = root.tbsCertificate.subject;
  body.signature = algorithm;
  body.extensions = new Extensions([
    extension(
      id_ce_basicConstraints,
      new BasicConstraints({ cA: true, pathLenConstraint: 0 }),
      true,
    ),
    extension(
      id_ce_keyUsage,
      new KeyUsage(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign),
      true,
    ),
    extension(id_ce_nameConstraints, nameConstraints(args.permitted), true),
    extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyId.buffer)),
    extension(
      id_ce_authorityKeyIdentifier,
      new AuthorityKeyIdentifier({ keyIdentifier: readSubjectKeyId(root) }),
    ),
  ]);
  body.serialNumber = deriveSerial(AsnConvert.serialize(body));
  const signed = AsnConvert.serialize(body);
  const certificate = new Certificate({
    tbsCertificate: body,
    signatureAlgorithm: algorithm,
    signatureValue: sign(signed, args.rootPrivateKeyPem),
  });
  return writePem("CERTIFICATE", AsnConvert.serialize(certificate));
}

/**
 * A serial number from the rest of the certificate, which contains the draft's random one. So it is unique, and cannot be
 * predicted.
 */
function deriveSerial(body: ArrayBuffer): ArrayBuffer {
  const serial = createHash("sha256").update(new Uint8Array(body)).digest().subarray(0, 16);
  // A positive number of 16 bytes: the first bit is 0, and the next is 1.
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return toArrayBuffer(serial);
}
