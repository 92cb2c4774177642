import { cluster } from "../examples/gke";
import { given, is, read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/** Pods have addresses of the VPC's, which its firewall and its anti-spoofing checks know. CIS GKE 1.4: 5.6.2. */
export const gkeVpcNative: Rule = {
  name: "gke-vpc-native",
  description: "The cluster is VPC-native.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/alias-ips",
  level: "mandatory",
  types: [CLUSTER],
  *problems({ props }) {
    const mode = read(props, "networkingMode");
    const native =
      mode === undefined ? given(read(props, "ipAllocationPolicy")) : is(mode, "VPC_NATIVE");
    if (!native)
      yield "Pods have addresses that the VPC does not know: set networkingMode to VPC_NATIVE.";
  },
  examples: {
    passes: {
      "alias addresses": cluster(),
      "ranges, which imply them": cluster({
        networkingMode: undefined,
        ipAllocationPolicy: { clusterSecondaryRangeName: "pods" },
      }),
    },
    fails: {
      routes: cluster({ networkingMode: "ROUTES" }),
      "nothing said": cluster({ networkingMode: undefined }),
    },
  },
};
