import type { webcrypto } from "node:crypto";

import { newKeys, SIGNING, signingKey } from "./keys";
import { x509 } from "./x509";

/** A certificate authority that can sign. */
export interface Authority {
  readonly certificate: x509.X509Certificate;
  readonly privateKey: webcrypto.CryptoKey;
}

const HOUR_MS = 3_600_000;

/** An authority that is there already. */
export async function authorityFrom(certPem: string, keyPem: string): Promise<Authority> {
  return {
    certificate: new x509.X509Certificate(certPem),
    privateKey: await signingKey(keyPem),
  };
}

/** An authority that nobody trusts: a root of its own, or an intermediate under `issuer`. */
export async function newAuthority(commonName: string, issuer?: Authority): Promise<Authority> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=${commonName}`,
    issuer: issuer?.certificate.subject ?? `CN=${commonName}`,
    publicKey: keys.publicKey,
    signingKey: issuer?.privateKey ?? keys.privateKey,
    signingAlgorithm: SIGNING,
    notBefore: new Date(Date.now() - HOUR_MS),
    notAfter: new Date(Date.now() + 24 * HOUR_MS),
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
