import { cluster } from "../examples/gke";
import { given, read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * Images are held to the project's policy of who may have built them. A warning: without such a policy it admits all,
 * and some keep theirs in the cluster. CIS GKE 1.4: 5.10.5.
 */
export const gkeBinaryAuthorization: Rule = {
  name: "gke-binary-authorization",
  description: "Images are held to the project's Binary Authorization policy.",
  url: "https://cloud.google.com/binary-authorization/docs/overview",
  level: "advisory",
  types: [CLUSTER],
  *problems({ props }) {
    const mode = read(props, "binaryAuthorization", "evaluationMode");
    if (!given(mode) || mode === "DISABLED")
      yield "Any image may run: set binaryAuthorization.evaluationMode to PROJECT_SINGLETON_POLICY_ENFORCE.";
  },
  examples: {
    passes: { "the project's policy": cluster() },
    fails: {
      "nothing said": cluster({ binaryAuthorization: undefined }),
      "switched off": cluster({ binaryAuthorization: { evaluationMode: "DISABLED" } }),
    },
  },
};
