import { createHash, createPublicKey, generateKeyPairSync } from "node:crypto";

import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import * as asn1 from "@peculiar/asn1-x509";

import { readCertificate, writePem } from "../../components/pki/x509/pem";
import { ECDSA_WITH_SHA256, sign, toArrayBuffer } from "../../components/pki/x509/signature";

const COMMON_NAME = "2.5.4.3";
const HOUR_MS = 3_600_000;

/** Private keys that {@link createKey} made, and the resources that they were made for. */
const owners = new Map<string, string>();

/** Creates a key as the tls provider does; returns it as PEM. */
export function createKey(resource: string): string {
  const { privateKey } = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    privateKeyEncoding: { format: "pem", type: "sec1" },
    publicKeyEncoding: { format: "pem", type: "spki" },
  });
  owners.set(privateKey.trim(), resource);
  return privateKey;
}

/** Creates a self-signed certificate (PEM) for a resource of the tls provider. Its common name is the resource's. */
export function createCertificate(resource: string): string {
  const algorithm = new asn1.AlgorithmIdentifier({ algorithm: ECDSA_WITH_SHA256 });
  const privateKeyPem = createKey(resource);
  const publicKey = createPublicKey(privateKeyPem).export({ format: "der", type: "spki" });
  const keyId = createHash("sha256").update(publicKey).digest().subarray(0, 20);
  const body = new asn1.TBSCertificate({
    version: asn1.Version.v3,
    serialNumber: toArrayBuffer(Buffer.concat([Buffer.from([1]), keyId.subarray(0, 15)])),
    signature: algorithm,
    subject: createName(resource),
    issuer: createName(resource),
    validity: new asn1.Validity({
      notBefore: new Date(),
      notAfter: new Date(Date.now() + 24 * HOUR_MS),
    }),
    subjectPublicKeyInfo: AsnConvert.parse(publicKey, asn1.SubjectPublicKeyInfo),
    extensions: new asn1.Extensions([
      new asn1.Extension({
        extnID: asn1.id_ce_subjectKeyIdentifier,
        extnValue: new OctetString(
          AsnConvert.serialize(new asn1.SubjectKeyIdentifier(toArrayBuffer(keyId))),
        ),
      }),
    ]),
  });
  const certificate = new asn1.Certificate({
    tbsCertificate: body,
    signatureAlgorithm: algorithm,
    signatureValue: sign(AsnConvert.serialize(body), privateKeyPem),
  });
  return writePem("CERTIFICATE", AsnConvert.serialize(certificate));
}

function createName(commonName: string): asn1.Name {
  const value = new asn1.AttributeValue({ utf8String: commonName });
  return new asn1.Name([
    new asn1.RelativeDistinguishedName([
      new asn1.AttributeTypeAndValue({ type: COMMON_NAME, value }),
    ]),
  ]);
}

/** Replaces each certificate and private key in a string with the name of the resource that made it. */
export function labelPem(text: string): string {
  return text.replace(
    /-----BEGIN ([A-Z ]+)-----[^-]+-----END \1-----\n?/g,
    (block, label: string) => {
      if (label === "CERTIFICATE") {
        const { subject, issuer } = readCertificate(block).tbsCertificate;
        const [owner, signer] = [subject, issuer].map(readCommonName);
        return `certificate of ${owner ?? ""}${signer === owner ? "" : `, signed by ${signer ?? ""}`}`;
      }
      const owner = owners.get(block.trim());
      return owner === undefined ? block : `private key of ${owner}`;
    },
  );
}

function readCommonName(name: asn1.Name): string {
  return name[0]?.[0]?.value.toString() ?? "";
}
