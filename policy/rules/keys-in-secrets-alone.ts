import { entries } from "../read";
import type { Resource, Rule } from "../rule";
import { SECRET, SECRET_PATCH } from "../types";

/**
 * A private key is handed to a Kubernetes Secret, or to the certificate provider to sign with, and to nothing else: a
 * ConfigMap, a chart's values or a container's environment are read by many, and a component's own inputs are kept in
 * the state for nobody's use.
 */
export const keysInSecretsAlone: Rule = {
  name: "keys-in-secrets-alone",
  description: "Private keys stand in Kubernetes Secrets and nowhere else.",
  url: "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
  level: "mandatory",
  types: "any",
  *problems({ type, props }) {
    if (type === SECRET || type === SECRET_PATCH || type.startsWith("tls:")) return;
    for (const [key, value] of entries(props)) {
      if (holdsKey(value))
        yield `${key} holds a private key: put it into a Kubernetes Secret, and refer to that.`;
    }
  },
  examples: {
    passes: {
      "a Secret": {
        type: SECRET,
        props: { stringData: { "tls.key": pem() } },
        secretOutputs: ["data", "stringData"],
      },
      "a part of a Secret": {
        type: SECRET_PATCH,
        props: { stringData: { "tls.key": pem() } },
        secretOutputs: ["data", "stringData"],
      },
      "a signature": {
        type: "tls:index/certRequest:CertRequest",
        props: { privateKeyPem: pem() },
      },
      "a certificate elsewhere": configMap("-----BEGIN CERTIFICATE-----\n…"),
      "a certificate in base64": binaryConfigMap("-----BEGIN CERTIFICATE-----\n…"),
    },
    fails: {
      "a ConfigMap": configMap(pem()),
      "a ConfigMap, in base64": binaryConfigMap(pem()),
      "an environment": {
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

function holdsKey(value: unknown): boolean {
  return typeof value === "string"
    ? /-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY-----/.test(decoded(value))
    : entries({ value }, "value").some(([, inner]) => holdsKey(inner));
}

/** A text as it is, and PEM in base64, which the `binaryData` of a ConfigMap is, as PEM. */
function decoded(value: string): string {
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

/** No key, and not written as one here either, so that a search for keys finds none. */
function pem(): string {
  return `-----BEGIN ${["EC", "PRIVATE", "KEY"].join(" ")}-----\n…`;
}
