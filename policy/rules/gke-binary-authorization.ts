import { cluster } from "../examples/gke";
import { got } from "../property";
import { mayBeSet, read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * Binary Authorization checks images against the project's policy. Advisory, because the default policy admits all images,
 * and some users have policies in the cluster. CIS GKE 1.4: 5.10.5.
 */
export const gkeBinaryAuthorization: Rule = {
  name: "gke-binary-authorization",
  description: "Binary Authorization checks images.",
  url: "https://cloud.google.com/binary-authorization/docs/overview",
  level: "advisory",
  types: [CLUSTER],
  *problems({ props }) {
    const mode = read(props, "binaryAuthorization", "evaluationMode");
    if (!mayBeSet(mode) || mode === "DISABLED")
      yield `binaryAuthorization.evaluationMode must be PROJECT_SINGLETON_POLICY_ENFORCE or another mode that checks images ${got(mode)}: otherwise any image can run.`;
  },
  examples: {
    passes: { "the project's policy": cluster() },
    fails: {
      "mode not set": cluster({ binaryAuthorization: undefined }),
      disabled: cluster({ binaryAuthorization: { evaluationMode: "DISABLED" } }),
    },
  },
};
