import { describe, expect, test } from "vitest";

import { Network, type NetworkArgs } from "../../../../components/gke/network";
import { named, record, valueOf } from "../../../support/record";

const settings: NetworkArgs = { project: "my-project", region: "europe-west1" };

async function network(overrides: Partial<NetworkArgs> = {}) {
  let component: Network | undefined;
  const resources = await record(() => {
    component = new Network("net", { ...settings, ...overrides });
  });
  if (!component) throw new Error("the program created no network");
  return { component, resources, of: (name: string) => named(resources, name) };
}

describe("the subnet", () => {
  test("is the only subnet of the VPC", async () => {
    const { of, resources } = await network();

    expect(of("net-vpc").inputs).toMatchObject({ autoCreateSubnetworks: false });
    expect(resources.filter(({ type }) => type.endsWith(":Subnetwork"))).toHaveLength(1);
  });

  test("has secondary ranges for pods and Services", async () => {
    expect((await network()).of("net-subnet").inputs).toMatchObject({
      ipCidrRange: "10.0.0.0/22",
      secondaryIpRanges: [
        { rangeName: "pods", ipCidrRange: "10.64.0.0/16" },
        { rangeName: "services", ipCidrRange: "10.128.0.0/20" },
      ],
    });
  });

  test("uses the ranges of the settings", async () => {
    const { of } = await network({
      nodesRange: "10.1.0.0/24",
      podsRange: "10.2.0.0/16",
      servicesRange: "10.3.0.0/20",
    });

    expect(of("net-subnet").inputs).toMatchObject({
      ipCidrRange: "10.1.0.0/24",
      secondaryIpRanges: [{ ipCidrRange: "10.2.0.0/16" }, { ipCidrRange: "10.3.0.0/20" }],
    });
  });

  test("gives nodes without public addresses access to Google's APIs", async () => {
    expect((await network()).of("net-subnet").inputs["privateIpGoogleAccess"]).toBe(true);
  });

  test("logs a tenth of its connections", async () => {
    expect((await network()).of("net-subnet").inputs["logConfig"]).toEqual({
      flowSampling: 0.1,
      aggregationInterval: "INTERVAL_5_MIN",
      metadata: "INCLUDE_ALL_METADATA",
    });
  });

  test("logs nothing with flowLogSampling 0", async () => {
    const { of } = await network({ flowLogSampling: 0 });

    expect(of("net-subnet").inputs).not.toHaveProperty("logConfig");
  });
});

describe("the NAT gateway", () => {
  test("has one static address for the whole subnet", async () => {
    const { of, component } = await network();

    expect(of("net-nat-address").inputs).toMatchObject({ addressType: "EXTERNAL" });
    expect(of("net-nat-gateway").inputs).toMatchObject({
      natIpAllocateOption: "MANUAL_ONLY",
      natIps: ["link of net-nat-address"],
      subnetworks: [{ name: "net-subnet-id", sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
    });
    expect(await valueOf(component.natAddress)).toBe("address of net-nat-address");
  });

  test("allocates more ports to an egress gateway with many connections to one server", async () => {
    expect((await network()).of("net-nat-gateway").inputs).toMatchObject({
      enableDynamicPortAllocation: true,
      minPortsPerVm: 128,
      maxPortsPerVm: 32_768,
    });
  });
});

describe("the firewall", () => {
  test("has no rule for a control plane behind Private Service Connect", async () => {
    const { resources } = await network();

    expect(resources.filter(({ type }) => type.endsWith(":Firewall"))).toEqual([]);
  });

  test("lets only the range of the control plane call Istio's webhooks", async () => {
    const { resources, of } = await network({ controlPlaneRange: "192.168.9.0/28" });

    expect(of("net-webhooks").inputs).toMatchObject({
      direction: "INGRESS",
      sourceRanges: ["192.168.9.0/28"],
      targetTags: ["net-nodes"],
      allows: [{ protocol: "tcp", ports: ["15017"] }],
    });
    expect(resources.filter(({ type }) => type.endsWith(":Firewall"))).toHaveLength(1);
  });
});

describe("the ingress gateway's address", () => {
  test("is reserved with reserveIngressAddress", async () => {
    const { component, of } = await network({ reserveIngressAddress: true });

    expect(of("net-ingress-address").inputs).toMatchObject({
      region: "europe-west1",
      addressType: "EXTERNAL",
    });
    expect(
      component.reservedIngressAddress && (await valueOf(component.reservedIngressAddress)),
    ).toBe("address of net-ingress-address");
  });

  test("is absent by default", async () => {
    const { component, resources } = await network();

    expect(component.reservedIngressAddress).toBeUndefined();
    expect(resources.map(({ name }) => name)).not.toContain("net-ingress-address");
  });
});

describe("the API", () => {
  test("is enabled before the network, and stays enabled when the network is deleted", async () => {
    const { of } = await network({ reserveIngressAddress: true });

    expect(of("net-compute-api").inputs).toMatchObject({
      service: "compute.googleapis.com",
      disableOnDestroy: false,
    });
    expect(of("net-vpc").options.dependsOn).toEqual(["net-compute-api"]);
    expect(of("net-ingress-address").options.dependsOn).toEqual(["net-compute-api"]);
  });

  test("is not enabled with enableApis false", async () => {
    const { resources } = await network({ enableApis: false });

    expect(resources.filter(({ type }) => type === "gcp:projects/service:Service")).toEqual([]);
  });
});

test("all resources are in the project and are children of the network", async () => {
  const { resources } = await network({ reserveIngressAddress: true });
  const parts = resources.filter(({ name }) => name !== "net");

  expect(parts).toHaveLength(7);
  for (const { inputs, options } of parts) {
    expect(inputs["project"]).toBe("my-project");
    expect(options.parent).toBe("net");
  }
});
