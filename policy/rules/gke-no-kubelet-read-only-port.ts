import { nodePool } from "../examples/gke";
import { checkProperty } from "../property";
import type { Rule } from "../rule";
import { NODE_POOL } from "../types";

/** The kubelet tells what runs on a node only to callers with permission. CIS GKE 1.4: 3.2.4. */
export const gkeNoKubeletReadOnlyPort: Rule = {
  name: "gke-no-kubelet-read-only-port",
  description: "The kubelet's read-only port is closed.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/disable-kubelet-readonly-port",
  level: "mandatory",
  types: [NODE_POOL],
  problems: ({ props }) =>
    checkProperty(
      props,
      "nodeConfig.kubeletConfig.insecureKubeletReadonlyPortEnabled",
      ["FALSE"],
      "otherwise the kubelet answers anyone on port 10255",
    ),
  examples: {
    passes: { "the port closed": nodePool() },
    fails: {
      "the port open": nodePool({
        node: { kubeletConfig: { insecureKubeletReadonlyPortEnabled: "TRUE" } },
      }),
      "port not set": nodePool({ node: { kubeletConfig: undefined } }),
    },
  },
};
