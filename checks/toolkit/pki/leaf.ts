import type { Authority } from "./authority";
import type { Credential } from "./credential";
import { newKeys, privateKeyPem, SIGNING } from "./keys";
import { x509 } from "./x509";

/** What a leaf says. */
export interface Leaf {
  readonly dnsNames: readonly string[];
  /** URIs, such as `spiffe://…`. */
  readonly uris: readonly string[];
  readonly usage: "clientAuth" | "serverAuth";
  readonly commonName?: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Whether its issuer's certificate is sent along. */
  readonly withIssuer: boolean;
}

const MINUTE_MS = 60_000;

/** A leaf that is good now, for an hour. */
export function leaf(names: Pick<Leaf, "usage"> & Partial<Pick<Leaf, "dnsNames" | "uris">>): Leaf {
  return {
    dnsNames: [],
    uris: [],
    ...names,
    // Clocks of two clusters differ.
    notBefore: new Date(Date.now() - 5 * MINUTE_MS),
    notAfter: new Date(Date.now() + 60 * MINUTE_MS),
    withIssuer: true,
  };
}

/** Signs a leaf, or has it sign itself. */
export async function issue(leaf: Leaf, authority: Authority | "itself"): Promise<Credential> {
  const keys = await newKeys();
  const issuer = authority === "itself" ? undefined : authority;
  const subject = leaf.commonName === undefined ? "O=istio-mtls checks" : `CN=${leaf.commonName}`;
  const certificate = await x509.X509CertificateGenerator.create({
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
  const sent = issuer && leaf.withIssuer ? [certificate, issuer.certificate] : [certificate];
  return {
    chainPem: sent.map((one) => `${one.toString("pem")}\n`).join(""),
    privateKeyPem: await privateKeyPem(keys.privateKey),
  };
}

function subjectAlternativeName({ dnsNames, uris }: Leaf): x509.Extension[] {
  const names: x509.JsonGeneralNames = [
    ...dnsNames.map((value) => ({ type: "dns" as const, value })),
    ...uris.map((value) => ({ type: "url" as const, value })),
  ];
  return names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : [];
}

/** The issuer's own identifier, whichever way it was made: a verifier compares the two. */
async function authorityKeyIdentifier({ certificate }: Authority): Promise<x509.Extension> {
  const own = certificate.getExtension(x509.SubjectKeyIdentifierExtension);
  return own
    ? new x509.AuthorityKeyIdentifierExtension(own.keyId)
    : x509.AuthorityKeyIdentifierExtension.create(certificate.publicKey);
}
