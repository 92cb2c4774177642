import { createPrivateKey, X509Certificate } from "node:crypto";

import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { report } from "../../validation/issues";
import type { Issuer } from "./issuer";

/** PEM blocks of one kind and nothing else. Stacks store certificates unencrypted, so a key pasted with them would be readable. */
const blocksOf = (label: string) =>
  new RegExp(`^\\s*(-----BEGIN ${label}-----[A-Za-z0-9+/=\\s]+-----END ${label}-----\\s*)+$`);
const BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/g;

const pemOf = (label: string, what: string) => {
  const error = `must be ${what} in PEM (value not shown): paste everything from -----BEGIN to END-----, and nothing else`;
  // `pulumi config set` drops the last newline, and blocks are put one after another.
  return z
    .string({ error })
    .regex(blocksOf(label), { error })
    .overwrite((pem) => `${pem.trim()}\n`);
};

/** One or more certificates (PEM) and nothing else. */
export const certificatesPem = pemOf("CERTIFICATE", "one or more certificates");

/** An intermediate CA that your own PKI signed for one mesh. */
export const givenCa = z
  .strictObject({
    /** Its certificate (PEM), with an ECDSA P-256 key. */
    certPem: pemOf("CERTIFICATE", "a certificate"),
    /** Its private key (PEM), a secret: set it with `--secret`. */
    privateKeyPem: z.string({ error: "must be a private key in PEM (value not shown)" }),
    /**
     * Roots that this mesh trusts (PEM). The first is the one that the certificate chains to; the others are those of peers,
     * or a root that you are moving to or from.
     */
    trustAnchorPem: certificatesPem,
    /**
     * Revocation lists (PEM) of every CA in the chains of this mesh's peers.
     *
     * @default no certificate is revoked
     */
    crlPem: pemOf("X509 CRL", "one or more revocation lists").exactOptional(),
  })
  .superRefine(checkGivenCa);

/** An intermediate CA that your own PKI signed for one mesh. */
export type GivenCa = Readonly<z.output<typeof givenCa>>;

/** Reports a CA that istiod or a gateway would refuse, or that could not sign. */
function checkGivenCa(
  { certPem, privateKeyPem, trustAnchorPem }: GivenCa,
  context: z.RefinementCtx,
) {
  const say = (field: keyof GivenCa, message: string) => {
    report(context, { path: [field], message });
  };
  const cert = readCertificate(certPem);
  const [root] = splitCertificates(trustAnchorPem).map(readCertificate);
  if (!cert || certPem.match(BLOCK)?.length !== 1) {
    say(
      "certPem",
      "must be one valid certificate (value not shown): paste the intermediate's certificate, without its chain",
    );
  } else if (!cert.ca) {
    say(
      "certPem",
      "must be the certificate of a CA (value not shown): paste the intermediate's certificate, and not a leaf's",
    );
  } else if (cert.publicKey.asymmetricKeyDetails?.namedCurve !== "prime256v1") {
    say(
      "certPem",
      "must have an ECDSA key on the curve P-256 (value not shown): ask your PKI for an intermediate with such a key",
    );
  } else if (!matches(cert, privateKeyPem)) {
    say(
      "privateKeyPem",
      "must be the private key of certPem in PEM, not encrypted (value not shown): paste the key that belongs to the certificate",
    );
  } else if (!root || !isIssuedBy(cert, root)) {
    say(
      "trustAnchorPem",
      "must begin with the root that signed certPem (value not shown): put this root first",
    );
  }
}

/** A given CA as the program's resources take it. The key gets the format in which the tls provider writes keys. */
export function givenIssuer({ certPem, privateKeyPem }: GivenCa): Issuer {
  const sec1 = createPrivateKey(privateKeyPem).export({ format: "pem", type: "sec1" });
  return { certPem, privateKeyPem: pulumi.secret(String(sec1)) };
}

/** Splits a bundle into its certificates (PEM). */
export function splitCertificates(pem: string): readonly string[] {
  return pem.match(BLOCK) ?? [];
}

/** Whether a certificate (PEM) was signed by one of the roots (PEM). */
export function isIssuedByOneOf(certPem: string, trustAnchorPem: string): boolean {
  const cert = new X509Certificate(certPem);
  return splitCertificates(trustAnchorPem).some((pem) =>
    isIssuedBy(cert, new X509Certificate(pem)),
  );
}

function isIssuedBy(cert: X509Certificate, issuer: X509Certificate): boolean {
  return cert.checkIssued(issuer) && cert.verify(issuer.publicKey);
}

function readCertificate(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function matches(cert: X509Certificate, privateKeyPem: string): boolean {
  try {
    return cert.checkPrivateKey(createPrivateKey(privateKeyPem));
  } catch {
    return false;
  }
}
