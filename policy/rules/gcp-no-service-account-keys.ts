import type { Rule } from "../rule";

const KEY = "gcp:serviceaccount/key:Key";

/**
 * Service accounts have no keys. A key is valid for years, and anyone who copies it can act as the account. Pods use
 * Workload Identity, and CI uses Workload Identity Federation.
 */
export const gcpNoServiceAccountKeys: Rule = {
  name: "gcp-no-service-account-keys",
  description: "Service accounts have no keys.",
  url: "https://cloud.google.com/iam/docs/best-practices-for-managing-service-account-keys#alternatives",
  level: "mandatory",
  types: [KEY],
  *problems() {
    yield "service account keys must not be created: anyone who copies a key can act as the account. Use Workload Identity, or Workload Identity Federation outside Google Cloud.";
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
