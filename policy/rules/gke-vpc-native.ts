import { cluster } from "../examples/gke";
import { checkProperty } from "../property";
import { mayBeSet, read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/** Pods have IP addresses of the VPC, so its firewall and its anti-spoofing checks apply to them. CIS GKE 1.4: 5.6.2. */
export const gkeVpcNative: Rule = {
  name: "gke-vpc-native",
  description: "The cluster is VPC-native.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips",
  level: "mandatory",
  types: [CLUSTER],
  problems({ props }) {
    const isImplied =
      read(props, "networkingMode") === undefined && mayBeSet(read(props, "ipAllocationPolicy"));
    if (isImplied) return [];
    return checkProperty(
      props,
      "networkingMode",
      ["VPC_NATIVE"],
      "otherwise the VPC's firewall does not know the pods' IP addresses",
    );
  },
  examples: {
    passes: {
      "VPC-native": cluster(),
      "VPC-native, implied by IP ranges": cluster({
        networkingMode: undefined,
        ipAllocationPolicy: { clusterSecondaryRangeName: "pods" },
      }),
    },
    fails: {
      "routes-based": cluster({ networkingMode: "ROUTES" }),
      "mode not set": cluster({ networkingMode: undefined }),
    },
  },
};
