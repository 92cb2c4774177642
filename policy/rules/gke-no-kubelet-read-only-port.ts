import { nodePool } from "../examples/gke";
import { is, read } from "../read";
import type { Rule } from "../rule";
import { NODE_POOL } from "../types";

/** The kubelet tells what runs on a node to those alone who are allowed to know. CIS GKE 1.4: 3.2.4. */
export const gkeNoKubeletReadOnlyPort: Rule = {
  name: "gke-no-kubelet-read-only-port",
  description: "The kubelet's read-only port is closed.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/disable-kubelet-readonly-port",
  level: "mandatory",
  types: [NODE_POOL],
  *problems({ props }) {
    const open = read(props, "nodeConfig", "kubeletConfig", "insecureKubeletReadonlyPortEnabled");
    if (!is(open, "FALSE"))
      yield 'The kubelet answers anyone on port 10255: set nodeConfig.kubeletConfig.insecureKubeletReadonlyPortEnabled to "FALSE".';
  },
  examples: {
    passes: { "the port closed": nodePool() },
    fails: {
      "the port open": nodePool({
        node: { kubeletConfig: { insecureKubeletReadonlyPortEnabled: "TRUE" } },
      }),
      "nothing said": nodePool({ node: { kubeletConfig: undefined } }),
    },
  },
};
