import * as gcp from "@pulumi/gcp";
import type * as pulumi from "@pulumi/pulumi";

/** Inputs of {@link staticAddress}. */
export interface StaticAddressArgs {
  /** Project ID. */
  readonly project: string;
  /** Region (name). */
  readonly region: string;
}

/** Reserves the address of an ingress gateway (IPv4), if the settings ask for it. */
export function ingressAddress(
  name: string,
  settings: StaticAddressArgs & { readonly reserveIngressAddress: boolean },
  opts: pulumi.CustomResourceOptions,
): pulumi.Output<string> | undefined {
  if (!settings.reserveIngressAddress) return undefined;
  return staticAddress(`${name}-ingress-address`, settings, opts).address;
}

/** Reserves an external IPv4 address. */
export function staticAddress(
  name: string,
  { project, region }: StaticAddressArgs,
  opts: pulumi.CustomResourceOptions,
): gcp.compute.Address {
  return new gcp.compute.Address(
    name,
    { project, region, addressType: "EXTERNAL", networkTier: "PREMIUM" },
    opts,
  );
}
