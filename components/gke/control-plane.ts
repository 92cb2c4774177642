import type * as gcp from "@pulumi/gcp";

/** A range that may reach the control plane. */
export interface AuthorizedNetwork {
  /** Range of addresses (IPv4 CIDR). */
  readonly cidr: string;
  /** Name for people to know it by. */
  readonly name: string;
}

/** Who reaches the control plane. */
export interface ControlPlaneSettings {
  /**
   * How the control plane is reached: `dns` (by a name, from anywhere, by whoever IAM lets connect; it has no address
   * of its own) or `authorizedNetworks` (by its address, from listed networks). Google and the CIS benchmark
   * (GKE 2.0: 5.6.4) prefer the name.
   *
   * @default "dns"
   * @see https://cloud.google.com/kubernetes-engine/docs/concepts/network-isolation
   */
  readonly controlPlaneAccess?: "dns" | "authorizedNetworks";
  /**
   * With `authorizedNetworks`, the networks. Name the one that runs `pulumi` as well.
   *
   * @default []
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/latest/network-isolation
   */
  readonly authorizedNetworks?: readonly AuthorizedNetwork[];
  /**
   * With `authorizedNetworks`, whether the address is a private one, so that only the VPC and what is joined to it
   * (VPN, Interconnect) reaches it.
   *
   * @default false
   * @see https://cloud.google.com/kubernetes-engine/docs/how-to/latest/network-isolation
   */
  readonly privateEndpoint?: boolean;
}

type ControlPlaneArgs = Pick<
  gcp.container.ClusterArgs,
  "controlPlaneEndpointsConfig" | "masterAuthorizedNetworksConfig" | "privateClusterConfig"
>;

/** The cluster's part of {@link ControlPlaneSettings}. Nodes are private in every case. */
export function controlPlane(settings: ControlPlaneSettings, range: string): ControlPlaneArgs {
  const privateNodes = { enablePrivateNodes: true, masterIpv4CidrBlock: range };
  if (reachedByDns(settings)) {
    // Without an address there are no authorized networks and no private endpoint to set; the provider would send
    // neither, and find a difference at each preview.
    return {
      privateClusterConfig: privateNodes,
      controlPlaneEndpointsConfig: {
        // Identity comes from IAM alone: no Kubernetes tokens, no client certificates.
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
    privateClusterConfig: {
      ...privateNodes,
      enablePrivateEndpoint: settings.privateEndpoint ?? false,
    },
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: { allowExternalTraffic: false },
      ipEndpointsConfig: { enabled: true },
    },
    masterAuthorizedNetworksConfig: {
      cidrBlocks: (settings.authorizedNetworks ?? []).map(({ cidr, name }) => ({
        cidrBlock: cidr,
        displayName: name,
      })),
      // Otherwise any virtual machine of any customer of Google's may knock.
      gcpPublicCidrsAccessEnabled: false,
      privateEndpointEnforcementEnabled: true,
    },
  };
}

/** Whether the control plane is reached by its DNS name. */
export function reachedByDns({ controlPlaneAccess }: ControlPlaneSettings): boolean {
  return controlPlaneAccess !== "authorizedNetworks";
}
