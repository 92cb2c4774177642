import type { Resource, Rule } from "../rule";
import { SECRET, SECRET_PATCH } from "../types";

/**
 * What a Kubernetes Secret holds is encrypted in the state. A rule is shown secrets as they are and cannot tell
 * whether an input was one; that its outputs are kept as secrets it can tell.
 */
export const secretsStaySecret: Rule = {
  name: "secrets-stay-secret",
  description: "What a Kubernetes Secret holds is kept as a secret in the state.",
  url: "https://www.pulumi.com/docs/iac/concepts/options/additionalsecretoutputs/",
  level: "mandatory",
  types: [SECRET, SECRET_PATCH],
  *problems({ secretOutputs = [] }) {
    for (const key of ["data", "stringData"]) {
      if (!secretOutputs.includes(key))
        yield `The state shows ${key} to whoever reads it: name it in additionalSecretOutputs, as the SDKs' Secret does.`;
    }
  },
  examples: {
    passes: { "a Secret by the SDK": secret(["data", "stringData"]) },
    fails: {
      "a Secret that says nothing": secret([]),
      "half a Secret": secret(["data"]),
      "a part of a Secret that says nothing": {
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
