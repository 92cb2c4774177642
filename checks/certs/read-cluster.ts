import { ROOT_NAMESPACE } from "../../components/istio/root-namespace";
import { CLIENT_CREDENTIAL, SERVER_CREDENTIAL } from "../../components/mtls/credential-names";
import { type Kubectl, requireOutput } from "../toolkit/kubectl";
import { fieldPath, parseCertificates } from "../toolkit/pki/certificates";
import type { x509 } from "../toolkit/pki/x509";

/** Fields of a gateway's Secret. None of them has a key. */
const GATEWAY_FIELDS = ["tls.crt", "ca.crt"];
/** Fields of the Secret of the mesh's CA. None of them has a key. */
const CA_FIELDS = ["ca-cert.pem", "root-cert.pem"];

/**
 * Reads the certificates of the gateways and of the mesh's CA from a cluster.
 *
 * @throws Error when kubectl fails, or the cluster has none of them
 */
export async function readClusterCertificates(kubectl: Kubectl): Promise<x509.X509Certificate[]> {
  const inRoot = `metadata.name=cacerts,metadata.namespace=${ROOT_NAMESPACE}`;
  const secrets = [
    ...(await readSecrets(kubectl, "type=kubernetes.io/tls", GATEWAY_FIELDS)).filter(
      isGatewayCredential,
    ),
    ...(await readSecrets(kubectl, inRoot, CA_FIELDS)),
  ];
  const found = secrets.flatMap(({ pems }) => pems.flatMap(parseCertificates));
  if (found.length > 0) return found;
  throw new Error(
    `the cluster has no Secret ${SERVER_CREDENTIAL}, ${CLIENT_CREDENTIAL} or ${ROOT_NAMESPACE}/cacerts with a certificate: ` +
      "name the cluster of a deployed stack with --kubeconfig and --context",
  );
}

/** Whether a Secret has that name by this program. Each server that a client calls has a Secret of its own. */
function isGatewayCredential({ name }: PublicSecret): boolean {
  return (
    [SERVER_CREDENTIAL, CLIENT_CREDENTIAL].includes(name) ||
    name.startsWith(`${CLIENT_CREDENTIAL}-`)
  );
}

/** A Secret without its keys. */
interface PublicSecret {
  readonly name: string;
  /** The fields that were asked for. */
  readonly pems: readonly string[];
}

async function readSecrets(
  kubectl: Kubectl,
  selector: string,
  fields: readonly string[],
): Promise<readonly PublicSecret[]> {
  const paths = ["{.metadata.name}", ...fields.map(fieldPath)].join(" ");
  const text = await requireOutput(kubectl, [
    ...["get", "secrets", "--all-namespaces", "--field-selector", selector],
    ...["-o", `jsonpath={range .items[*]}${paths}{"\\n"}{end}`],
  ]);
  return text.split("\n").map((line) => {
    const [name = "", ...values] = line.split(" ");
    return { name, pems: values.map((value) => Buffer.from(value, "base64").toString()) };
  });
}
