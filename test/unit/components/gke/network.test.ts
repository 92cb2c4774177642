import { describe, expect, test } from "vitest";

import { Network, type NetworkArgs } from "../../../../components/gke/network";
import { named, record, valueOf } from "../../../support/record";

const settings: NetworkArgs = { project: "my-project", region: "europe-west1" };

async function network(overrides: Partial<NetworkArgs> = {}) {
  let made: Network | undefined;
  const resources = await record(() => {
    made = new Network("net", { ...settings, ...overrides });
  });
  if (!made) throw new Error("no network was made");
  return { made, resources, of: (name: string) => named(resources, name) };
}

describe("the subnet", () => {
  test("is the only one of a VPC of its own", async () => {
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

  test("takes the ranges that it is given", async () => {
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

  test("reaches Google's APIs without public addresses", async () => {
    expect((await network()).of("net-subnet").inputs["privateIpGoogleAccess"]).toBe(true);
  });

  test("logs a tenth of its flows", async () => {
    expect((await network()).of("net-subnet").inputs["logConfig"]).toEqual({
      flowSampling: 0.1,
      aggregationInterval: "INTERVAL_5_MIN",
      metadata: "INCLUDE_ALL_METADATA",
    });
  });

  test("logs no flow when it is told so", async () => {
    const { of } = await network({ flowLogSampling: 0 });

    expect(of("net-subnet").inputs).not.toHaveProperty("logConfig");
  });
});

describe("the way out", () => {
  test("is one reserved address, for all of the subnet", async () => {
    const { of, made } = await network();

    expect(of("net-nat-address").inputs).toMatchObject({ addressType: "EXTERNAL" });
    expect(of("net-nat-gateway").inputs).toMatchObject({
      natIpAllocateOption: "MANUAL_ONLY",
      natIps: ["link of net-nat-address"],
      subnetworks: [{ name: "net-subnet-id", sourceIpRangesToNats: ["ALL_IP_RANGES"] }],
    });
    expect(await valueOf(made.natAddress)).toBe("address of net-nat-address");
  });

  test("grows for a gateway that calls one server over and over", async () => {
    expect((await network()).of("net-nat-gateway").inputs).toMatchObject({
      enableDynamicPortAllocation: true,
      minPortsPerVm: 128,
      maxPortsPerVm: 32_768,
    });
  });
});

describe("the firewall", () => {
  test("lets all of the control plane's range, and nothing else, reach Istio's webhooks", async () => {
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
  test("is reserved where one is asked for", async () => {
    const { made, of } = await network({ reserveIngressAddress: true });

    expect(of("net-ingress-address").inputs).toMatchObject({
      region: "europe-west1",
      addressType: "EXTERNAL",
    });
    expect(made.ingressAddress && (await valueOf(made.ingressAddress))).toBe(
      "address of net-ingress-address",
    );
  });

  test("is not there where none is asked for", async () => {
    const { made, resources } = await network();

    expect(made.ingressAddress).toBeUndefined();
    expect(resources.map(({ name }) => name)).not.toContain("net-ingress-address");
  });
});

describe("the API", () => {
  test("is enabled before the network, and stays when it goes", async () => {
    const { of } = await network({ reserveIngressAddress: true });

    expect(of("net-compute-api").inputs).toMatchObject({
      service: "compute.googleapis.com",
      disableOnDestroy: false,
    });
    expect(of("net-vpc").options.dependsOn).toEqual(["net-compute-api"]);
    expect(of("net-ingress-address").options.dependsOn).toEqual(["net-compute-api"]);
  });

  test("is left alone when the program may not enable it", async () => {
    const { resources } = await network({ enableApis: false });

    expect(resources.filter(({ type }) => type === "gcp:projects/service:Service")).toEqual([]);
  });
});

test("everything is in the project that was named, and has the network for a parent", async () => {
  const { resources } = await network({ reserveIngressAddress: true });
  const parts = resources.filter(({ name }) => name !== "net");

  expect(parts).toHaveLength(8);
  for (const { inputs, options } of parts) {
    expect(inputs["project"]).toBe("my-project");
    expect(options.parent).toBe("net");
  }
});
