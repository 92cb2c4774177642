import type { Resource, Rule } from "../rule";
import { SECRET, SECRET_PATCH } from "../types";

/**
 * The state encrypts the content of Kubernetes Secrets. Policies see all values in plain text, so this rule cannot check
 * whether an input was a secret. But it can check whether the state keeps the outputs as secrets.
 */
export const secretsStaySecret: Rule = {
  name: "secrets-stay-secret",
  description: "The state encrypts the content of Kubernetes Secrets.",
  url: "https://www.pulumi.com/docs/iac/concepts/options/additionalsecretoutputs/",
  level: "mandatory",
  types: [SECRET, SECRET_PATCH],
  *problems({ secretOutputs = [] }) {
    for (const key of ["data", "stringData"]) {
      if (!secretOutputs.includes(key))
        yield `additionalSecretOutputs must contain "${key}": otherwise the state shows the content of the Secret. The SDKs' class Secret sets it.`;
    }
  },
  examples: {
    passes: { "a Secret with both outputs": secret(["data", "stringData"]) },
    fails: {
      "a Secret without additionalSecretOutputs": secret([]),
      "a Secret with only one output": secret(["data"]),
      "a patch of a Secret without additionalSecretOutputs": {
        ...secret([]),
        type: "kubernetes:core/v1:SecretPatch",
      },
    },
  },
};

function secret(secretOutputs: readonly string[]): Resource {
  return {
    type: SECRET,
    props: { type: "kubernetes.io/tls", stringData: { "tls.crt": "…", "tls.key": "…" } },
    secretOutputs,
  };
}
