import { x509 } from "../pki/x509";
import type { ProgramCertificate } from "./program-certificates";
import { namesOf } from "./read";

/** What is wrong with a certificate's key or signature: everything is ECDSA P-256 with SHA-256. */
export function keyProblems({ certificate }: ProgramCertificate): string[] {
  const { name, namedCurve } = certificate.publicKey.algorithm as EcKeyAlgorithm;
  const { hash } = certificate.signatureAlgorithm as { readonly hash: { readonly name: string } };
  return [
    ...(name === "ECDSA" && namedCurve === "P-256" ? [] : [`key ${name} ${namedCurve ?? ""}`]),
    ...(hash.name === "SHA-256" ? [] : [`signed with ${hash.name}`]),
  ];
}

interface EcKeyAlgorithm {
  readonly name: string;
  readonly namedCurve?: string;
}

/** What is wrong with a CA. Path length 0 is looked at where it is there: not every provider can write it. */
export function caProblems({ role, certificate }: ProgramCertificate): string[] {
  const constraints = certificate.getExtension(x509.BasicConstraintsExtension);
  const keyUsage = certificate.getExtension(x509.KeyUsagesExtension);
  const { keyCertSign, cRLSign } = x509.KeyUsageFlags;
  const usages: number | undefined = keyUsage?.usages;
  const { pathLength } = constraints ?? {};
  return [
    ...(constraints?.ca && constraints.critical ? [] : ["not CA:TRUE, critical"]),
    ...(usages === (keyCertSign | cRLSign) ? [] : ["key usage other than keyCertSign and cRLSign"]),
    ...(role === "root" || pathLength === undefined || pathLength === 0
      ? []
      : [`path length ${pathLength}`]),
  ];
}

/** What is wrong with a leaf. */
export function leafProblems({ role, certificate, issuer }: ProgramCertificate): string[] {
  const usage = role === "serverLeaf" ? "serverAuth" : "clientAuth";
  const constraints = certificate.getExtension(x509.BasicConstraintsExtension);
  const keyUsage = certificate.getExtension(x509.KeyUsagesExtension);
  const extended = certificate.getExtension(x509.ExtendedKeyUsageExtension)?.usages ?? [];
  const { dnsNames, uris } = namesOf(certificate);
  return [
    // Absent means the same as CA:FALSE (RFC 5280, 4.2.1.9).
    ...(constraints?.ca ? ["CA:TRUE"] : []),
    ...(keyUsage?.usages === x509.KeyUsageFlags.digitalSignature
      ? []
      : ["key usage other than digitalSignature"]),
    ...(extended.length === 1 && extended[0] === x509.ExtendedKeyUsage[usage]
      ? []
      : [`extended key usage other than ${usage}`]),
    ...(dnsNames.length > 0 ? [] : ["no DNS name"]),
    ...(role !== "clientLeaf" || uris.length > 0 ? [] : ["no URI"]),
    ...lifeProblems(certificate, issuer),
  ];
}

/** What is wrong with a certificate's life, under its issuer's. */
export function lifeProblems(
  certificate: x509.X509Certificate,
  issuer: x509.X509Certificate,
): string[] {
  return certificate.notAfter < issuer.notAfter ? [] : ["expires after its issuer"];
}

const LEAST_BITS = 64;

/** What is wrong with the serials, together. */
export function serialProblems(certificates: readonly ProgramCertificate[]): string[] {
  const seen = new Map<string, string>();
  return certificates.flatMap(({ name, certificate }) => {
    const serial = certificate.serialNumber.replace(/^0+/, "");
    const twin = seen.get(serial);
    seen.set(serial, name);
    // A random number's leading bits may be zero: what is looked at is its length in bytes.
    const bits = Math.ceil(serial.length / 2) * 8;
    return [
      ...(twin === undefined ? [] : [`${name} has the serial of ${twin}`]),
      ...(bits >= LEAST_BITS ? [] : [`${name}: a serial of ${bits} bits`]),
    ];
  });
}
