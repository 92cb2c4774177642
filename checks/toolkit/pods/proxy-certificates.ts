import { type Kubectl, requireOutput } from "../kubectl";
import { parseCertificates } from "../pki/certificates";
import type { x509 } from "../pki/x509";
import { PROXY_CONTAINER } from "./container";

/** What istiod gave to a proxy. */
export interface ProxyCertificates {
  /** The roots that it trusts. */
  readonly anchors: readonly x509.X509Certificate[];
  /** Its workload certificate, followed by the issuers. */
  readonly chain: readonly x509.X509Certificate[];
}

interface SecretsDump {
  readonly configs?: readonly {
    readonly secret?: {
      readonly validation_context?: { readonly trusted_ca?: InlineBytes };
      readonly tls_certificate?: { readonly certificate_chain?: InlineBytes };
    };
    readonly name?: string;
  }[];
}

interface InlineBytes {
  readonly inline_bytes?: string;
}

/** Reads what istiod gave to a proxy. Envoy shows no private key. */
export async function readProxyCertificates(
  kubectl: Kubectl,
  namespace: string,
  pod: string,
): Promise<ProxyCertificates> {
  const dump = await requireOutput(kubectl, [
    ...["exec", "-n", namespace, pod, "-c", PROXY_CONTAINER, "--"],
    ...["pilot-agent", "request", "GET", "config_dump?resource=dynamic_active_secrets"],
  ]);
  const { configs = [] } = JSON.parse(dump) as SecretsDump;
  const secretOf = (wanted: string) => configs.find((config) => config.name === wanted)?.secret;
  const parse = (bytes?: InlineBytes) =>
    parseCertificates(Buffer.from(bytes?.inline_bytes ?? "", "base64").toString());
  return {
    anchors: parse(secretOf("ROOTCA")?.validation_context?.trusted_ca),
    chain: parse(secretOf("default")?.tls_certificate?.certificate_chain),
  };
}
