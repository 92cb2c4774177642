import { cluster } from "../examples/gke";
import { checkProperty } from "../property";
import { isSet, read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * There are no passwords and no client certificates for the Kubernetes API: they cannot be revoked, and the state contains
 * them. Users authenticate only through IAM. CIS GKE 1.4: 5.8.1, 5.8.2.
 */
export const gkeNoStaticCredentials: Rule = {
  name: "gke-no-static-credentials",
  description: "The Kubernetes API accepts no passwords and no client certificates.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#restrict_authn_methods",
  level: "mandatory",
  types: [CLUSTER],
  *problems({ props }) {
    yield* checkProperty(
      props,
      "masterAuth.clientCertificateConfig.issueClientCertificate",
      [false, undefined],
      "a client certificate for the API cannot be revoked",
    );
    for (const key of ["username", "password"]) {
      if (isSet(read(props, "masterAuth", key)))
        yield `masterAuth.${key} must not be set: a password for the API cannot be revoked.`;
    }
  },
  examples: {
    passes: {
      "no client certificate": cluster(),
      "the default": cluster({ masterAuth: undefined }),
    },
    fails: {
      "a client certificate": cluster({
        masterAuth: { clientCertificateConfig: { issueClientCertificate: true } },
      }),
      "a password": cluster({ masterAuth: { username: "admin", password: "example" } }),
    },
  },
};
