import { nodePool } from "../examples/gke";
import { read, text, UNKNOWN } from "../read";
import type { Rule } from "../rule";
import { NODE_POOL } from "../types";

/** Nodes run Container-Optimized OS: a read-only root, no package manager, verified boot. CIS GKE 1.4: 5.5.1. */
export const gkeNodeImage: Rule = {
  name: "gke-node-image",
  description: "Nodes run Container-Optimized OS with containerd.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/node-images#cos",
  level: "mandatory",
  types: [NODE_POOL],
  *problems({ props }) {
    const image = read(props, "nodeConfig", "imageType");
    if (image === UNKNOWN || text(image).toUpperCase() === "COS_CONTAINERD") return;
    yield "The nodes run another system than Google's hardened one: set nodeConfig.imageType to COS_CONTAINERD.";
  },
  examples: {
    passes: {
      "Container-Optimized OS": nodePool(),
      "in small letters, as the API takes it too": nodePool({
        node: { imageType: "cos_containerd" },
      }),
    },
    fails: {
      Ubuntu: nodePool({ node: { imageType: "UBUNTU_CONTAINERD" } }),
      "nothing said": nodePool({ node: { imageType: undefined } }),
    },
  },
};
