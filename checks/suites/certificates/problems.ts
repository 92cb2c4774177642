import { id_ce_nameConstraints } from "@peculiar/asn1-x509";

import type { ProgramCertificate } from "../../toolkit/fixtures/program-certificates";
import { alternativeNames } from "../../toolkit/pki/certificates";
import { x509 } from "../../toolkit/pki/x509";

interface KeyAlgorithm {
  readonly name: string;
  readonly namedCurve?: string;
}

/** Problems of a certificate's key and signature. */
export function findKeyProblems({ certificate }: ProgramCertificate): string[] {
  const { name, namedCurve } = certificate.publicKey.algorithm as KeyAlgorithm;
  const { hash } = certificate.signatureAlgorithm as { readonly hash: { readonly name: string } };
  return [
    ...(name === "ECDSA" && namedCurve === "P-256" ? [] : [`key ${name} ${namedCurve ?? ""}`]),
    ...(hash.name === "SHA-256" ? [] : [`signed with ${hash.name}`]),
  ];
}

/** Problems of a CA. The names that an intermediate must not sign are tried at the gateways. */
export function findCaProblems({ role, certificate }: ProgramCertificate): string[] {
  const constraints = certificate.getExtension(x509.BasicConstraintsExtension);
  const usages: number | undefined = certificate.getExtension(x509.KeyUsagesExtension)?.usages;
  const { keyCertSign, cRLSign } = x509.KeyUsageFlags;
  const { pathLength } = constraints ?? {};
  return [
    ...(constraints?.ca && constraints.critical ? [] : ["not CA:TRUE, critical"]),
    ...(usages === (keyCertSign | cRLSign) ? [] : ["key usage other than keyCertSign and cRLSign"]),
    ...(role === "root" || pathLength === 0 ? [] : [`path length ${pathLength ?? "missing"}`]),
    ...(role === "root" || certificate.getExtension(id_ce_nameConstraints)?.critical
      ? []
      : ["no name constraints, critical"]),
  ];
}

/** Problems of a leaf. */
export function findLeafProblems({ role, certificate, issuer }: ProgramCertificate): string[] {
  const usage = role === "serverLeaf" ? "serverAuth" : "clientAuth";
  const constraints = certificate.getExtension(x509.BasicConstraintsExtension);
  const keyUsage = certificate.getExtension(x509.KeyUsagesExtension);
  const extended = certificate.getExtension(x509.ExtendedKeyUsageExtension)?.usages ?? [];
  const { dnsNames, uris } = alternativeNames(certificate);
  return [
    // A missing extension means CA:FALSE (RFC 5280, 4.2.1.9).
    ...(constraints?.ca ? ["CA:TRUE"] : []),
    ...(keyUsage?.usages === x509.KeyUsageFlags.digitalSignature
      ? []
      : ["key usage other than digitalSignature"]),
    ...(extended.length === 1 && extended[0] === x509.ExtendedKeyUsage[usage]
      ? []
      : [`extended key usage other than ${usage}`]),
    ...(dnsNames.length > 0 ? [] : ["no DNS name"]),
    ...(role !== "clientLeaf" || uris.length > 0 ? [] : ["no URI"]),
    ...findExpiryProblems(certificate, issuer),
  ];
}

/** Problems of a certificate's expiry, compared with its issuer's. */
export function findExpiryProblems(
  certificate: x509.X509Certificate,
  issuer: x509.X509Certificate,
): string[] {
  return certificate.notAfter < issuer.notAfter ? [] : ["expires after its issuer"];
}

const MIN_SERIAL_BITS = 64;

/** Problems of all serial numbers together. */
export function findSerialProblems(certificates: readonly ProgramCertificate[]): string[] {
  const owners = new Map<string, string>();
  return certificates.flatMap(({ name, certificate }) => {
    const serial = certificate.serialNumber.replace(/^0+/, "");
    const owner = owners.get(serial);
    owners.set(serial, name);
    // Count whole bytes, because the first bits of a random number may be zero.
    const bits = Math.ceil(serial.length / 2) * 8;
    return [
      ...(owner === undefined ? [] : [`${name} has the same serial as ${owner}`]),
      ...(bits >= MIN_SERIAL_BITS ? [] : [`${name} has a serial of ${bits} bits`]),
    ];
  });
}
