import { cluster } from "../examples/gke";
import { checkProperty } from "../property";
import { isWide } from "../ranges";
import { mayBe, read, readItems, stringOf } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/**
 * Clients reach the control plane by its DNS name, where IAM checks them first, or from authorized networks. So attackers
 * on the internet cannot exploit a vulnerability in the API server. CIS GKE 1.4: 5.6.3.
 */
export const gkeControlPlaneAccess: Rule = {
  name: "gke-control-plane-access",
  description: "Clients reach the control plane by its DNS name or from authorized networks.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation",
  level: "mandatory",
  types: [CLUSTER],
  *problems({ props }) {
    if (mayBe(read(props, "controlPlaneEndpointsConfig", "ipEndpointsConfig", "enabled"), false)) {
      return;
    }
    const networks = read(props, "masterAuthorizedNetworksConfig");
    if (networks === undefined || networks === null) {
      yield "masterAuthorizedNetworksConfig must be set, or controlPlaneEndpointsConfig.ipEndpointsConfig.enabled must be false: otherwise anyone can connect to the control plane's IP address.";
      return;
    }
    yield* checkProperty(
      props,
      "masterAuthorizedNetworksConfig.gcpPublicCidrsAccessEnabled",
      [false, undefined],
      "otherwise all customers of Google Cloud can connect to the control plane's IP address",
    );
    for (const block of readItems(networks, "cidrBlocks")) {
      const cidr = stringOf(read(block, "cidrBlock"));
      if (isWide(cidr))
        yield `masterAuthorizedNetworksConfig.cidrBlocks must not contain ${cidr}: it covers a large part of the internet. List only the networks from which kubectl and pulumi run.`;
    }
  },
  examples: {
    passes: {
      "only the DNS name": cluster(),
      "the IP address, for listed networks": byAddress({
        cidrBlocks: [{ cidrBlock: "203.0.113.0/24", displayName: "office" }],
      }),
      "the IP address, for no network": byAddress({ cidrBlocks: [] }),
    },
    fails: {
      "the IP address, for everyone": byAddress(undefined),
      "a list with the whole internet": byAddress({ cidrBlocks: [{ cidrBlock: "0.0.0.0/0" }] }),
      "a list with the whole internet, in halves": byAddress({
        cidrBlocks: [{ cidrBlock: "0.0.0.0/1" }, { cidrBlock: "128.0.0.0/1" }],
      }),
      "all customers of Google Cloud": byAddress({
        cidrBlocks: [],
        gcpPublicCidrsAccessEnabled: true,
      }),
    },
  },
};

function byAddress(masterAuthorizedNetworksConfig: object | undefined) {
  return cluster({
    controlPlaneEndpointsConfig: { ipEndpointsConfig: { enabled: true } },
    masterAuthorizedNetworksConfig,
  });
}
