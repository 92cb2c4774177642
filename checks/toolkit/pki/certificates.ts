import { type Kubectl, requireOutput } from "../kubectl";
import { x509 } from "./x509";

/**
 * Reads the certificates in one field of a Secret. Requests only this field, because the next one holds the key.
 *
 * @throws Error when the text contains no certificate
 */
export async function readCertificates(
  kubectl: Kubectl,
  namespace: string,
  secret: string,
  field: string,
): Promise<readonly [x509.X509Certificate, ...x509.X509Certificate[]]> {
  const base64 = await requireOutput(kubectl, [
    ...["get", "secret", secret, "-n", namespace, "-o", `jsonpath=${fieldPath(field)}`],
  ]);
  const [first, ...rest] = parseCertificates(Buffer.from(base64, "base64").toString());
  if (!first) throw new Error(`Secret ${namespace}/${secret}: ${field} contains no certificate`);
  return [first, ...rest];
}

/** The JSONPath of one field of a Secret, for kubectl. */
export function fieldPath(field: string): string {
  return `{.data.${field.replaceAll(".", "\\.")}}`;
}

/** Parses the certificates of a PEM bundle, in order. */
export function parseCertificates(pem: string): x509.X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new x509.X509Certificate(block));
}

/** The subject alternative names of a certificate. */
export function alternativeNames(certificate: x509.X509Certificate): {
  readonly dnsNames: string[];
  readonly uris: string[];
} {
  const names =
    certificate.getExtension(x509.SubjectAlternativeNameExtension)?.names.toJSON() ?? [];
  const ofType = (type: string) =>
    names.filter((name) => name.type === type).map(({ value }) => value);
  return { dnsNames: ofType("dns"), uris: ofType("url") };
}

/** Whether the basic constraints say CA:TRUE. */
export function isCa(certificate: x509.X509Certificate): boolean {
  return certificate.getExtension(x509.BasicConstraintsExtension)?.ca ?? false;
}

/** Whether `issuer` has signed a certificate. */
export async function isIssuedBy(
  certificate: x509.X509Certificate,
  issuer: x509.X509Certificate,
): Promise<boolean> {
  if (certificate.issuer !== issuer.subject) return false;
  try {
    return await certificate.verify({ publicKey: issuer.publicKey, signatureOnly: true });
  } catch {
    return false; // The issuer's key is of another type than the signature.
  }
}
