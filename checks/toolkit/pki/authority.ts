import type { webcrypto } from "node:crypto";

import { generateKeys, importPrivateKey, SIGNING } from "./keys";
import { x509 } from "./x509";

/** A certificate authority (CA) that can sign. */
export interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly privateKey: webcrypto.CryptoKey;
}

const HOUR_MS = 3_600_000;

/** Reads an existing CA from PEM. */
export async function readAuthority(certPem: string, keyPem: string): Promise<Authority> {
  return {
    certificate: new x509.X509Certificate(certPem),
    privateKey: await importPrivateKey(keyPem),
  };
}

/** Creates a CA: a root, or an intermediate of `issuer`. */
export async function createAuthority(
  commonName: string,
  issuer?: Authority,
  validityHours = 24,
): Promise<Authority> {
  const keys = await generateKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${commonName}`,
    issuer: issuer?.certificate.subject ?? `CN=${commonName}`,
    publicKey: keys.publicKey,
    signingKey: issuer?.privateKey ?? keys.privateKey,
    signingAlgorithm: SIGNING,
    notBefore: new Date(Date.now() - HOUR_MS),
    notAfter: new Date(Date.now() + validityHours * HOUR_MS),
    extensions: [
      new x509.BasicConstraintsExtension(true, issuer ? 0 : undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, privateKey: keys.privateKey };
}
