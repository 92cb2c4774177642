import { randomBytes } from "node:crypto";

import type { Authority } from "./authority";
import type { Credential } from "./credential";
import { exportPrivateKey, generateKeys, SIGNING } from "./keys";
import { x509 } from "./x509";

/** Contents of a leaf certificate. */
export interface Leaf {
  readonly dnsNames: readonly string[];
  /** URIs, such as `spiffe://…`. */
  readonly uris: readonly string[];
  readonly usage: "clientAuth" | "serverAuth";
  readonly commonName?: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Whether the issuer's certificate is sent with it. */
  readonly withIssuer: boolean;
  /**
   * Hexadecimal digits.
   *
   * @default a random number
   */
  readonly serialNumber?: string;
}

const MINUTE_MS = 60_000;

/** A leaf with these names that is valid now, for an hour. */
export function validLeaf(
  names: Pick<Leaf, "usage"> & Partial<Pick<Leaf, "dnsNames" | "uris">>,
): Leaf {
  return {
    dnsNames: [],
    uris: [],
    ...names,
    // The clocks of two clusters differ.
    notBefore: new Date(Date.now() - 5 * MINUTE_MS),
    notAfter: new Date(Date.now() + 60 * MINUTE_MS),
    withIssuer: true,
  };
}

/** Issues a leaf with a new key. `"itself"` makes it self-signed. */
export async function issue(leaf: Leaf, authority: Authority | "itself"): Promise<Credential> {
  const keys = await generateKeys();
  const issuer = authority === "itself" ? undefined : authority;
  const subject = leaf.commonName === undefined ? "O=istio-mtls checks" : `CN=${leaf.commonName}`;
  const certificate = await x509.X509CertificateGenerator.create({
    ...(leaf.serialNumber !== undefined && { serialNumber: leaf.serialNumber }),
    subject,
    issuer: issuer?.certificate.subject ?? subject,
    publicKey: keys.publicKey,
    signingKey: issuer?.privateKey ?? keys.privateKey,
    signingAlgorithm: SIGNING,
    notBefore: leaf.notBefore,
    notAfter: leaf.notAfter,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[leaf.usage]]),
      ...subjectAlternativeName(leaf),
      ...(issuer ? [await authorityKeyIdentifier(issuer)] : []),
    ],
  });
  const chain = issuer && leaf.withIssuer ? [certificate, issuer.certificate] : [certificate];
  return {
    chainPem: chain.map((each) => `${each.toString("pem")}\n`).join(""),
    privateKeyPem: await exportPrivateKey(keys.privateKey),
  };
}

/** A random serial number. It is positive, because its first bit is 0. */
export function randomSerial(): string {
  return `4${randomBytes(16).toString("hex").slice(1)}`;
}

function subjectAlternativeName({ dnsNames, uris }: Leaf): x509.Extension[] {
  const names: x509.JsonGeneralNames = [
    ...dnsNames.map((value) => ({ type: "dns" as const, value })),
    ...uris.map((value) => ({ type: "url" as const, value })),
  ];
  return names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : [];
}

/** Copies the issuer's key identifier, because verifiers compare the two and there is more than one way to compute it. */
async function authorityKeyIdentifier({ certificate }: Authority): Promise<x509.Extension> {
  const identifier = certificate.getExtension(x509.SubjectKeyIdentifierExtension);
  return identifier
    ? new x509.AuthorityKeyIdentifierExtension(identifier.keyId)
    : x509.AuthorityKeyIdentifierExtension.create(certificate.publicKey);
}
