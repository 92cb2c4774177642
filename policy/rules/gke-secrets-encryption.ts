import { cluster } from "../examples/gke";
import { is, read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * Secrets, which hold the gateways' keys and the mesh's intermediate, are encrypted by a key of Cloud KMS where the
 * control plane stores them: a copy of its store alone opens none. CIS GKE 1.4: 5.3.1.
 */
export const gkeSecretsEncryption: Rule = {
  name: "gke-secrets-encryption",
  description: "Kubernetes Secrets are encrypted by a key of Cloud KMS.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/encrypting-secrets",
  level: "mandatory",
  types: [CLUSTER],
  *problems({ props }) {
    if (!is(read(props, "databaseEncryption", "state"), "ENCRYPTED"))
      yield "Secrets lie in the control plane's store as they are: set databaseEncryption to ENCRYPTED, with the key's name.";
  },
  examples: {
    passes: { "a key": cluster() },
    fails: {
      "no key": cluster({ databaseEncryption: undefined }),
      "no encryption": cluster({ databaseEncryption: { state: "DECRYPTED" } }),
    },
  },
};
