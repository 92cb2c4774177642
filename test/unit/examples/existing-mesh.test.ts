import { readFileSync } from "node:fs";

import * as pulumi from "@pulumi/pulumi";
import { load } from "js-yaml";
import { beforeAll, describe, expect, test } from "vitest";

import { named, record, type Recorded, valueOf } from "../../support/record";

const project = load(readFileSync("examples/existing-mesh/Pulumi.yaml", "utf8")) as {
  name: string;
  config: Record<string, { default: unknown }>;
};
const config = Object.fromEntries(
  Object.entries(project.config).map(([key, spec]) => [key, String(spec.default)]),
);

describe("examples/existing-mesh", () => {
  let resources: readonly Recorded[];
  let outputs: Readonly<Record<string, pulumi.Output<unknown>>>;
  beforeAll(async () => {
    resources = await record(
      async () => {
        outputs =
          (await import("../../../examples/existing-mesh/index.js")) as unknown as typeof outputs;
      },
      { project: project.name, config },
    );
  }, 60_000);

  test("is what Pulumi runs in its folder, where it would run the project's program without an entry", () => {
    const { main } = JSON.parse(
      readFileSync("examples/existing-mesh/package.json", "utf8"),
    ) as Record<string, unknown>;
    expect(main).toBe("index.ts");
  });

  test("is made of two components", () => {
    const components = resources.filter(
      ({ type, options }) => type.startsWith("mtls:") && options.parent === undefined,
    );
    expect(components.map(({ type }) => type)).toEqual([
      "mtls:index:CertHierarchy",
      "mtls:index:ServerIngressMtls",
    ]);
  });

  test("admits the partner to the service, by name and identity", () => {
    const listener = named(resources, "ingress-gateway");
    expect(listener.inputs).toMatchObject({
      spec: {
        selector: { istio: "partner-ingress" },
        servers: [
          { hosts: ["orders.example.com"], tls: { subjectAltNames: ["mesh.partner.example"] } },
        ],
      },
    });
    expect(named(resources, "ingress-client-mesh-partner-example").inputs).toMatchObject({
      spec: {
        rules: [
          {
            from: [{ source: { principals: ["mesh.partner.example/ns/shop/sa/egress-gateway"] } }],
          },
        ],
      },
    });
    expect(JSON.stringify(named(resources, "ingress-orders-example-com-route").inputs)).toContain(
      "orders.shop.svc.cluster.local",
    );
  });

  test("puts all of the cluster's objects where its provider leads, keys as secrets", () => {
    const objects = resources.filter(({ type }) => type.startsWith("kubernetes:"));
    expect(objects.length).toBeGreaterThan(5);
    expect(objects.filter(({ options }) => options.provider !== "cluster")).toEqual([]);
    expect(named(resources, "ingress-credential").options.secretInputs).toEqual(["stringData"]);
  });

  test("tells the partner where to connect, and hands it its intermediate as a secret", async () => {
    expect(Object.keys(outputs)).toEqual(
      expect.arrayContaining([
        "address",
        "port",
        "rootCertPem",
        "partnerCaCertPem",
        "partnerCaKeyPem",
      ]),
    );
    const { address, partnerCaCertPem, partnerCaKeyPem } = outputs;
    expect(await pulumi.isSecret(pulumi.output(partnerCaKeyPem))).toBe(true);
    expect(await pulumi.isSecret(pulumi.output(partnerCaCertPem))).toBe(false);
    expect(await valueOf(pulumi.output(address))).toBe("address of ingress-service");
  });
});
