import { cluster } from "../examples/gke";
import { isWide } from "../ranges";
import { is, items, read, text } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * The control plane is reached by its DNS name, where IAM decides before a packet arrives, or from listed networks: a
 * flaw of the API server is then no one's on the internet to use. CIS GKE 1.4: 5.6.3.
 */
export const gkeControlPlaneAccess: Rule = {
  name: "gke-control-plane-access",
  description: "The control plane is reached by its DNS name or from authorized networks alone.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation",
  level: "mandatory",
  types: [CLUSTER],
  *problems({ props }) {
    if (is(read(props, "controlPlaneEndpointsConfig", "ipEndpointsConfig", "enabled"), false)) {
      return;
    }
    const networks = read(props, "masterAuthorizedNetworksConfig");
    if (networks === undefined || networks === null) {
      yield "Anyone may knock at the control plane's address: set controlPlaneEndpointsConfig.ipEndpointsConfig.enabled to false, or masterAuthorizedNetworksConfig.";
      return;
    }
    if (read(networks, "gcpPublicCidrsAccessEnabled") === true)
      yield "Any customer of Google's may knock at the control plane's address: set masterAuthorizedNetworksConfig.gcpPublicCidrsAccessEnabled to false.";
    for (const block of items(networks, "cidrBlocks")) {
      const cidr = text(read(block, "cidrBlock"));
      if (isWide(cidr))
        yield `masterAuthorizedNetworksConfig lists ${cidr}, which is everyone or much of it: list the networks that run kubectl and pulumi.`;
    }
  },
  examples: {
    passes: {
      "no address at all": cluster(),
      "an address for listed networks": byAddress({
        cidrBlocks: [{ cidrBlock: "203.0.113.0/24", displayName: "office" }],
      }),
      "an address for no one": byAddress({ cidrBlocks: [] }),
    },
    fails: {
      "an address for everyone": byAddress(undefined),
      "a list that is everyone": byAddress({ cidrBlocks: [{ cidrBlock: "0.0.0.0/0" }] }),
      "a list that is everyone, in halves": byAddress({
        cidrBlocks: [{ cidrBlock: "0.0.0.0/1" }, { cidrBlock: "128.0.0.0/1" }],
      }),
      "all of Google's customers": byAddress({ cidrBlocks: [], gcpPublicCidrsAccessEnabled: true }),
    },
  },
};

function byAddress(masterAuthorizedNetworksConfig: object | undefined) {
  return cluster({
    controlPlaneEndpointsConfig: { ipEndpointsConfig: { enabled: true } },
    masterAuthorizedNetworksConfig,
  });
}
