import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { checks } from "../../checks/suites";
import { labClients } from "../../lab/program/lab-clients";
import { buildLabConfig } from "../../lab/program/lab-config";
import { type ImageRegistry, startImageRegistry } from "./image-registry";
import { type LabRun, runLab } from "./run-lab";

interface Variant {
  readonly name: string;
  readonly set: readonly string[];
  readonly upgrade?: true;
  /** Whether the lab pulls its images, by digest, as `--images official` does. */
  readonly pull?: true;
}

// The registry has the lab's own images, and they need these values.
const { istioValues } = buildLabConfig("", "built");

/** Configurations that change the path of the request. */
const variants: readonly Variant[] = [
  { name: "the committed configuration: load balancer, dedicated egress gateway", set: [] },
  {
    name: "the client's intermediate signed from a request, and Istio upgraded with a canary",
    set: ["client:intermediateKey=client"],
    upgrade: true,
  },
  {
    name: "NodePort, shared egress gateway, images from a registry",
    pull: true,
    set: [
      `istioValues=${JSON.stringify(istioValues)}`,
      "server:ingressType=NodePort",
      "server:ingressNodeAddress=203.0.113.10",
      `server:clients=${JSON.stringify(labClients({ namespace: "istio-system" }))}`,
      "client:egressGateway=shared",
    ],
  },
];

describe.each(variants)("$name", ({ set, upgrade, pull }) => {
  let lab: LabRun;
  let registry: ImageRegistry | undefined;
  beforeAll(async () => {
    if (pull) registry = await startImageRegistry();
    const settings = set.flatMap((setting) => ["--set", setting]);
    lab = await runLab(
      [...settings, ...(upgrade ? ["--upgrade"] : []), ...(pull ? ["--images", "official"] : [])],
      registry && { LAB_IMAGE_REGISTRY: registry.address },
    );
  });
  afterAll(() => registry?.stop());

  test("the lab succeeds, from up to destroy", () => {
    expect(lab.code, lab.output).toBe(0);
  });

  if (pull) {
    test("the pods run the images of the registry", () => {
      expect(lab.report?.images).toEqual(registry?.digests);
    });
  }

  if (upgrade) {
    test("no request fails in any phase of the upgrade", () => {
      const phases = lab.report?.upgrade ?? [];
      expect(phases.map(({ phase }) => phase)).toContain("the gateways move");
      for (const phase of phases) {
        expect(phase).toMatchObject({ failed: 0 });
        expect(phase.requests, phase.phase).toBeGreaterThan(50);
      }
    });
  }

  test.each(checks.map(({ slug }) => slug))("%s", (slug) => {
    const result = lab.report?.checks.find((each) => each.slug === slug);
    expect(result, lab.output).toMatchObject({ pass: true });
  });
});
