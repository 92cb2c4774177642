import { cluster } from "../examples/gke";
import { checkProperty } from "../property";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * GKE encrypts Kubernetes Secrets with a key in Cloud KMS. They contain the keys of gateways and of the mesh's
 * intermediate CA, and a copy of the control plane's storage does not reveal them. CIS GKE 1.4: 5.3.1.
 */
export const gkeSecretsEncryption: Rule = {
  name: "gke-secrets-encryption",
  description: "Kubernetes Secrets are encrypted with a key in Cloud KMS.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets",
  level: "mandatory",
  types: [CLUSTER],
  problems: ({ props }) =>
    checkProperty(
      props,
      "databaseEncryption.state",
      ["ENCRYPTED"],
      "otherwise a copy of the control plane's storage reveals the Secrets. Also set databaseEncryption.keyName",
    ),
  examples: {
    passes: { "a key": cluster() },
    fails: {
      "no key": cluster({ databaseEncryption: undefined }),
      "no encryption": cluster({ databaseEncryption: { state: "DECRYPTED" } }),
    },
  },
};
