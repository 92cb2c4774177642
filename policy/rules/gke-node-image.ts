import { nodePool } from "../examples/gke";
import { checkProperty } from "../property";
import { read, stringOf } from "../read";
import type { Rule } from "../rule";
import { NODE_POOL } from "../types";

/**
 * Nodes run Container-Optimized OS: a read-only root file system, no package manager, and verified boot. CIS GKE 1.4:
 * 5.5.1.
 */
export const gkeNodeImage: Rule = {
  name: "gke-node-image",
  description: "Nodes run Container-Optimized OS with containerd.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/node-images#cos",
  level: "mandatory",
  types: [NODE_POOL],
  problems({ props }) {
    // The API also accepts lowercase.
    const image = stringOf(read(props, "nodeConfig", "imageType"));
    if (image.toUpperCase() === "COS_CONTAINERD") return [];
    return checkProperty(
      props,
      "nodeConfig.imageType",
      ["COS_CONTAINERD"],
      "other images are less hardened",
    );
  },
  examples: {
    passes: {
      "Container-Optimized OS": nodePool(),
      "Container-Optimized OS, in lowercase": nodePool({
        node: { imageType: "cos_containerd" },
      }),
    },
    fails: {
      Ubuntu: nodePool({ node: { imageType: "UBUNTU_CONTAINERD" } }),
      "image not set": nodePool({ node: { imageType: undefined } }),
    },
  },
};
