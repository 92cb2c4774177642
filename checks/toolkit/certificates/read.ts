import { type Kubectl, output } from "../kubectl";
import { x509 } from "../pki/x509";

/** The certificates in one field of a Secret. Asks for that field alone: its neighbour is a key. */
export async function certificatesIn(
  kubectl: Kubectl,
  namespace: string,
  secret: string,
  field: string,
): Promise<readonly [x509.X509Certificate, ...x509.X509Certificate[]]> {
  const path = `{.data.${field.replaceAll(".", "\\.")}}`;
  const base64 = await output(kubectl, [
    ...["get", "secret", secret, "-n", namespace, "-o", `jsonpath=${path}`],
  ]);
  const [first, ...rest] = certificatesOf(Buffer.from(base64, "base64").toString());
  if (!first) throw new Error(`Secret ${namespace}/${secret} holds no certificate in ${field}`);
  return [first, ...rest];
}

/** The certificates of a PEM bundle, in its order. */
export function certificatesOf(pem: string): x509.X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new x509.X509Certificate(block));
}

/** The names (SAN) of a certificate. */
export function namesOf(certificate: x509.X509Certificate): {
  readonly dnsNames: string[];
  readonly uris: string[];
} {
  const names =
    certificate.getExtension(x509.SubjectAlternativeNameExtension)?.names.toJSON() ?? [];
  const ofType = (type: string) =>
    names.filter((name) => name.type === type).map(({ value }) => value);
  return { dnsNames: ofType("dns"), uris: ofType("url") };
}
