import { ROOT_NAMESPACE } from "../../components/istio/root-namespace";
import { CLIENT_CREDENTIAL, SERVER_CREDENTIAL } from "../../components/mtls/credential-names";
import { type Kubectl, requireOutput } from "../toolkit/kubectl";
import { fieldPath, parseCertificates } from "../toolkit/pki/certificates";
import type { x509 } from "../toolkit/pki/x509";

/** The Secrets that have certificates of the program, and their fields. No field has a key. */
const SECRETS = [
  { selector: `metadata.name=${SERVER_CREDENTIAL}`, fields: ["tls.crt", "ca.crt"] },
  { selector: `metadata.name=${CLIENT_CREDENTIAL}`, fields: ["tls.crt", "ca.crt"] },
  {
    selector: `metadata.name=cacerts,metadata.namespace=${ROOT_NAMESPACE}`,
    fields: ["ca-cert.pem", "root-cert.pem"],
  },
];

/**
 * Reads the certificates of the gateways and of the mesh's CA from a cluster.
 *
 * @throws Error when kubectl fails, or the cluster has none of them
 */
export async function readClusterCertificates(kubectl: Kubectl): Promise<x509.X509Certificate[]> {
  const found: x509.X509Certificate[] = [];
  for (const { selector, fields } of SECRETS) {
    const paths = fields.map(fieldPath).join(" ");
    const text = await requireOutput(kubectl, [
      ...["get", "secrets", "--all-namespaces", "--field-selector", selector],
      ...["-o", `jsonpath={range .items[*]}${paths} {end}`],
    ]);
    const fieldsAsPem = text.split(" ").map((field) => Buffer.from(field, "base64").toString());
    found.push(...fieldsAsPem.flatMap(parseCertificates));
  }
  if (found.length > 0) return found;
  throw new Error(
    `the cluster has no Secret ${SERVER_CREDENTIAL}, ${CLIENT_CREDENTIAL} or ${ROOT_NAMESPACE}/cacerts with a certificate: ` +
      "name the cluster of a deployed stack with --kubeconfig and --context",
  );
}
