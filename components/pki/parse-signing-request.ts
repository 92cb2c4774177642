import { createPublicKey, type KeyObject, verify } from "node:crypto";

import { type DerValue, splitDer } from "./der";

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
  const [request] = splitDer(der, 1) as [DerValue];
  const [info, , signature] = splitDer(request.content, 3) as [DerValue, DerValue, DerValue];
  const [, subject, key] = splitDer(info.content, 4) as [DerValue, DerValue, DerValue, DerValue];
  const publicKey = createPublicKey({ key: key.bytes, format: "der", type: "spki" });
  return {
    commonName: parseCommonName(subject),
    publicKey,
    isSelfSigned: hasSigned(publicKey, info.bytes, signature),
  };
}

const COMMON_NAME = Buffer.from([0x55, 0x04, 0x03]); // 2.5.4.3

function parseCommonName(subject: DerValue): string | undefined {
  const attributes = splitDer(subject.content).flatMap(({ content }) => splitDer(content));
  const [attribute, ...others] = attributes;
  if (!attribute || others.length > 0) return undefined;
  const [type, value] = splitDer(attribute.content, 2) as [DerValue, DerValue];
  return type.content.equals(COMMON_NAME) ? value.content.toString() : undefined;
}

function hasSigned(publicKey: KeyObject, message: Buffer, { content }: DerValue): boolean {
  // The first byte of a bit string is the number of bits that its last byte does not use.
  const signature = content.subarray(1);
  return ["sha256", "sha384", "sha512"].some((hash) => {
    try {
      return verify(hash, message, publicKey, signature);
    } catch {
      return false; // This kind of key does not work with this hash.
    }
  });
}
