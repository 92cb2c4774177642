import type * as gcp from "@pulumi/gcp";
import { z } from "zod";

import { parseCidr } from "../../validation/cidr";
import { cidr, flag, oneOf } from "../../validation/fields";
import { mustBe } from "../../validation/messages";
import type { Problem } from "../../validation/problem";
import type { Resolved } from "../../validation/rows";
import { got } from "../../validation/show";

/** A network that may reach the control plane. */
export const authorizedNetwork = z.strictObject({
  /** Its addresses (IPv4 CIDR). */
  cidr: cidr.refine((value) => parseCidr(value)?.prefix !== 0, {
    error: mustBe(
      "a smaller range than the whole internet",
      'list the networks that you know, or set controlPlaneAccess to "dns"',
    ),
  }),
  /** Display name. */
  name: z.string(),
});

/** Who can reach the control plane. */
export const controlPlaneSettings = {
  /**
   * How clients reach the control plane: `dns` (by a DNS name, from any network, if IAM allows it; the control plane has
   * no IP address) or `authorizedNetworks` (by its IP address, from listed networks). Google and the CIS benchmark (GKE
   * 2.0: 5.6.4) recommend the DNS name.
   *
   * @default "dns"
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation
   */
  controlPlaneAccess: oneOf("dns", "authorizedNetworks").default("dns"),
  /**
   * With `authorizedNetworks`, the networks. Include the network in which you run `pulumi`.
   *
   * @default []
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/latest/network-isolation
   */
  authorizedNetworks: z.array(authorizedNetwork).readonly().default([]),
  /**
   * With `authorizedNetworks`, whether the IP address is private. Then only the VPC and networks that are connected to it
   * (VPN, Interconnect) can reach the control plane.
   *
   * @default false
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/latest/network-isolation
   */
  privateEndpoint: flag.default(false),
};

type Settings = Resolved<typeof controlPlaneSettings>;

type ControlPlaneArgs = Pick<
  gcp.container.ClusterArgs,
  "controlPlaneEndpointsConfig" | "masterAuthorizedNetworksConfig" | "privateClusterConfig"
>;

/** The cluster's arguments for {@link controlPlaneSettings}. Nodes never have public addresses. */
export function controlPlane(settings: Settings, range: string | undefined): ControlPlaneArgs {
  const privateNodes = {
    enablePrivateNodes: true,
    ...(range !== undefined && { masterIpv4CidrBlock: range }),
  };
  if (settings.controlPlaneAccess === "dns") {
    // Without an IP address, authorized networks and a private endpoint must stay unset. The provider does not send
    // them, and every preview would show a difference.
    return {
      privateClusterConfig: privateNodes,
      controlPlaneEndpointsConfig: {
        // Only IAM authenticates: no Kubernetes tokens, no client certificates.
        dnsEndpointConfig: {
          allowExternalTraffic: true,
          enableK8sTokensViaDns: false,
          enableK8sCertsViaDns: false,
        },
        ipEndpointsConfig: { enabled: false },
      },
    };
  }
  return {
    privateClusterConfig: { ...privateNodes, enablePrivateEndpoint: settings.privateEndpoint },
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: { allowExternalTraffic: false },
      ipEndpointsConfig: { enabled: true },
    },
    masterAuthorizedNetworksConfig: {
      cidrBlocks: settings.authorizedNetworks.map((network) => ({
        cidrBlock: network.cidr,
        displayName: network.name,
      })),
      // Otherwise any virtual machine in Google Cloud, of any customer, can connect.
      gcpPublicCidrsAccessEnabled: false,
      privateEndpointEnforcementEnabled: true,
    },
  };
}

/** Requires authorized networks exactly when clients reach the control plane by its IP address. */
export function checkAuthorizedNetworks({
  controlPlaneAccess,
  authorizedNetworks,
}: Pick<Settings, "controlPlaneAccess" | "authorizedNetworks">): readonly Problem[] {
  const path = ["authorizedNetworks"];
  const isEmpty = authorizedNetworks.length === 0;
  if (controlPlaneAccess === "dns") {
    return isEmpty ? [] : [{ path, message: noEffectWithDns(authorizedNetworks) }];
  }
  const message =
    'must not be empty with controlPlaneAccess "authorizedNetworks": list the networks that may reach the control ' +
    'plane, or set controlPlaneAccess to "dns"';
  return isEmpty ? [{ path, message }] : [];
}

/** Refuses a private endpoint for a control plane that has no IP address. */
export function checkPrivateEndpoint({
  controlPlaneAccess,
  privateEndpoint,
}: Pick<Settings, "controlPlaneAccess" | "privateEndpoint">): readonly Problem[] {
  return controlPlaneAccess === "dns" && privateEndpoint
    ? [{ path: ["privateEndpoint"], message: noEffectWithDns(privateEndpoint) }]
    : [];
}

function noEffectWithDns(value: unknown): string {
  return `has no effect with controlPlaneAccess "dns" ${got(value)}: remove it, or set controlPlaneAccess to "authorizedNetworks"`;
}
