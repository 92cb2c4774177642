import type { Rule } from "../rule";

const KEY = "gcp:serviceaccount/key:Key";

/**
 * No key of a service account is made: it is valid for years, and whoever copies it is the account. Pods have
 * Workload Identity, and CI has Workload Identity Federation.
 */
export const gcpNoServiceAccountKeys: Rule = {
  name: "gcp-no-service-account-keys",
  description: "No long-lived keys of service accounts.",
  url: "https://cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys#alternatives",
  level: "mandatory",
  types: [KEY],
  *problems() {
    yield "Whoever copies this key is the service account: use Workload Identity, or Workload Identity Federation from outside.";
  },
  examples: {
    passes: {
      "an account without a key": {
        type: "gcp:serviceaccount/account:Account",
        props: { accountId: "server-nodes" },
      },
    },
    fails: { "a key": { type: KEY, props: { serviceAccountId: "server-nodes" } } },
  },
};
