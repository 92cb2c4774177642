import { cluster } from "../examples/gke";
import { found, read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * No password and no client certificate opens the API: neither can be revoked, and both lie in the state. IAM alone
 * says who someone is. CIS GKE 1.4: 5.8.1, 5.8.2.
 */
export const gkeNoStaticCredentials: Rule = {
  name: "gke-no-static-credentials",
  description: "No password and no client certificate opens the Kubernetes API.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/hardening-your-cluster#restrict_authn_methods",
  level: "mandatory",
  types: [CLUSTER],
  *problems({ props }) {
    const masterAuth = read(props, "masterAuth");
    if (read(masterAuth, "clientCertificateConfig", "issueClientCertificate") === true)
      yield "A client certificate opens the API, and cannot be revoked: set masterAuth.clientCertificateConfig.issueClientCertificate to false.";
    if (found(read(masterAuth, "username")) || found(read(masterAuth, "password")))
      yield "A password opens the API: remove masterAuth.username and masterAuth.password.";
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
