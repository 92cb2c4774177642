import { createPublicKey, type KeyObject, verify } from "node:crypto";

import { CertificationRequest } from "@peculiar/asn1-csr";
import { AsnConvert } from "@peculiar/asn1-schema";
import type { Name } from "@peculiar/asn1-x509";

import { toArrayBuffer } from "./x509/signature";

/** What a signing request (PKCS #10) says about itself. */
export interface ParsedSigningRequest {
  /** The common name of its subject; `undefined` unless the subject is a common name and nothing else. */
  readonly commonName: string | undefined;
  readonly publicKey: KeyObject;
  /** Whether the private key that belongs to the public key signed the request. */
  readonly isSelfSigned: boolean;
}

/** The only label that Pulumi's tls provider accepts. Older tools write NEW CERTIFICATE REQUEST. */
const ONE_BLOCK =
  /^\s*-----BEGIN CERTIFICATE REQUEST-----\r?\n([A-Za-z0-9+/=\s]+)\r?\n-----END CERTIFICATE REQUEST-----\s*$/;
const BASE64 = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Parses a string that is exactly one signing request in PEM. Returns `undefined` for anything else. */
export function parseSigningRequest(pem: string): ParsedSigningRequest | undefined {
  const body = ONE_BLOCK.exec(pem)?.[1]?.replaceAll(/\s/g, "");
  if (body === undefined || !BASE64.test(body)) return undefined;
  try {
    return parseDer(Buffer.from(body, "base64"));
  } catch {
    return undefined;
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc2986#section-4 */
function parseDer(der: Buffer): ParsedSigningRequest {
  const request = AsnConvert.parse(toArrayBuffer(der), CertificationRequest);
  const { subject, subjectPKInfo } = request.certificationRequestInfo;
  const publicKey = createPublicKey({
    key: Buffer.from(AsnConvert.serialize(subjectPKInfo)),
    format: "der",
    type: "spki",
  });
  const { certificationRequestInfoRaw: message = new ArrayBuffer(), signature } = request;
  return {
    commonName: readCommonName(subject),
    publicKey,
    isSelfSigned: hasSigned(publicKey, new Uint8Array(message), new Uint8Array(signature)),
  };
}

const COMMON_NAME = "2.5.4.3";

function readCommonName(subject: Name): string | undefined {
  const [attribute, ...others] = subject.flatMap((attributes) => [...attributes]);
  return attribute?.type === COMMON_NAME && others.length === 0
    ? attribute.value.toString()
    : undefined;
}

function hasSigned(publicKey: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  return ["sha256", "sha384", "sha512"].some((hash) => {
    try {
      return verify(hash, message, publicKey, signature);
    } catch {
      return false; // This kind of key does not work with this hash.
    }
  });
}
