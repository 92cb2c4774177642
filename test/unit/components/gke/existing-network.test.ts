import { describe, expect, test } from "vitest";

import { GkeCluster } from "../../../../components/gke/gke-cluster";
import type { GkeSettings } from "../../../../components/gke/settings";
import { complaints } from "../../../support/config";
import { named, record } from "../../../support/record";
import { recordClient, recordServer } from "../../../support/stacks";
import { minimal } from "./recorded-cluster";

const SHARED = {
  network: "shared",
  subnet: "mesh",
  hostProject: "host-project",
  podsRangeName: "mesh-pods",
  servicesRangeName: "mesh-services",
};

const withSettings = (gke: Partial<GkeSettings>) => ({
  cluster: "gke",
  kubeconfig: "",
  gke: { ...minimal, ...gke },
});

describe("an existing network", () => {
  test("is only named: the program makes nothing in it", async () => {
    const resources = await record(
      () => new GkeCluster("shop", { ...minimal, existingNetwork: SHARED }),
    );

    expect(named(resources, "shop-cluster").inputs).toMatchObject({
      network: "projects/host-project/global/networks/shared",
      subnetwork: "projects/host-project/regions/europe-west1/subnetworks/mesh",
      ipAllocationPolicy: {
        clusterSecondaryRangeName: "mesh-pods",
        servicesSecondaryRangeName: "mesh-services",
      },
    });
    expect(resources.filter(({ type }) => type.startsWith("gcp:compute/"))).toEqual([]);
  });

  test("is in the cluster's project, with the default names of ranges", async () => {
    const existingNetwork = { network: "vpc", subnet: "nodes" };
    const resources = await record(() => new GkeCluster("shop", { ...minimal, existingNetwork }));

    expect(named(resources, "shop-cluster").inputs).toMatchObject({
      network: "projects/my-project/global/networks/vpc",
      ipAllocationPolicy: {
        clusterSecondaryRangeName: "pods",
        servicesSecondaryRangeName: "services",
      },
    });
  });

  test("leaves the ingress address to the server's stack, and the client has no NAT address to tell", async () => {
    const server = await recordServer(withSettings({ existingNetwork: SHARED }));
    expect(
      server.resources
        .filter(({ type }) => type.startsWith("gcp:compute/"))
        .map(({ name }) => name),
    ).toEqual(["server-ingress-address"]);
    expect(named(server.resources, "ingress-service").inputs).toMatchObject({
      spec: { loadBalancerIP: "address of server-ingress-address" },
    });
    const client = await recordClient(withSettings({ existingNetwork: SHARED }));
    expect(client.outputs).not.toHaveProperty("natAddress");
  });
});

describe("the configuration", () => {
  test.each<[object, RegExp]>([
    [
      { existingNetwork: SHARED, podsRange: "10.80.0.0/16" },
      /gke\.podsRange: has no effect with existingNetwork: remove it/,
    ],
    [
      { existingNetwork: SHARED, flowLogSampling: 0.5 },
      /gke\.flowLogSampling: has no effect with existingNetwork/,
    ],
    [
      { existingNetwork: { network: "vpc" } },
      /gke\.existingNetwork\.subnet: is missing: .*--path 'gke\.existingNetwork\.subnet'/,
    ],
    [
      { existingNetwork: { ...SHARED, network: "projects/p/global/networks/vpc" } },
      /gke\.existingNetwork\.network: must be the name of a Google Cloud resource .* not a URL/,
    ],
    [
      { existingNetwork: { ...SHARED, hostProject: "X" } },
      /gke\.existingNetwork\.hostProject: must be a project ID \(got "X"\)/,
    ],
  ])("%j is refused with one error", (gke, message) => {
    expect(complaints("server", withSettings(gke))).toEqual([expect.stringMatching(message)]);
  });

  test("does not size the ranges and the NAT gateway that the program does not make", () => {
    expect(complaints("server", withSettings({ existingNetwork: SHARED, maxNodes: 900 }))).toEqual(
      [],
    );
  });
});
