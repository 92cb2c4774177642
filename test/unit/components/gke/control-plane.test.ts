import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";

import { valueOf } from "../../../support/record";
import { CLUSTER, endpointOf, recordCluster } from "./recorded-cluster";

describe("authorized networks", () => {
  const office = { cidr: "203.0.113.0/24", name: "office" };
  const byAddress = {
    controlPlaneAccess: "authorizedNetworks",
    authorizedNetworks: [office],
  } as const;

  test("are the only ones that reach the control plane, which has no DNS endpoint", async () => {
    expect((await recordCluster(byAddress)).cluster).toMatchObject({
      privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: false },
      controlPlaneEndpointsConfig: {
        dnsEndpointConfig: { allowExternalTraffic: false },
        ipEndpointsConfig: { enabled: true },
      },
      masterAuthorizedNetworksConfig: {
        cidrBlocks: [{ cidrBlock: "203.0.113.0/24", displayName: "office" }],
        gcpPublicCidrsAccessEnabled: false,
        privateEndpointEnforcementEnabled: true,
      },
    });
  });

  test("get a kubeconfig with the address and the CA, which is not secret", async () => {
    const { component } = await recordCluster(byAddress);

    expect(await pulumi.isSecret(component.kubeconfig)).toBe(false);
    expect(endpointOf(await valueOf(component.kubeconfig))).toEqual({
      server: "https://198.51.100.1",
      "certificate-authority-data": "ca of server-cluster",
    });
  });

  test("can use a private endpoint", async () => {
    const { component, of } = await recordCluster({ ...byAddress, privateEndpoint: true });

    expect(of(CLUSTER).inputs).toMatchObject({
      privateClusterConfig: { enablePrivateEndpoint: true },
    });
    expect(endpointOf(await valueOf(component.kubeconfig))).toMatchObject({
      server: "https://172.16.0.2",
    });
  });

  test("are not set for a control plane without address, because every preview would show a difference", async () => {
    const { cluster } = await recordCluster();

    expect(cluster).not.toHaveProperty("masterAuthorizedNetworksConfig");
    expect(cluster["privateClusterConfig"]).toEqual({ enablePrivateNodes: true });
  });

  test("have a range only if the configuration sets one", async () => {
    const { cluster } = await recordCluster({ controlPlaneRange: "192.168.9.0/28" });

    expect(cluster["privateClusterConfig"]).toEqual({
      enablePrivateNodes: true,
      masterIpv4CidrBlock: "192.168.9.0/28",
    });
  });
});
