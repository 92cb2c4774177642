import { beforeAll, describe, expect, test } from "vitest";

import { checks } from "../../checks/suites";
import { type LabRun, runLab } from "./run-lab";

/** Configurations that change the path of the request. */
const variants: readonly { name: string; set: readonly string[]; upgrade?: true }[] = [
  { name: "the committed configuration: load balancer, dedicated egress gateway", set: [] },
  {
    name: "the client's intermediate signed from a request, and Istio upgraded with a canary",
    set: ["client:intermediateKey=client"],
    upgrade: true,
  },
  {
    name: "NodePort, shared egress gateway",
    set: [
      "server:ingressType=NodePort",
      "server:ingressNodeAddress=203.0.113.10",
      'server:clients=[{"name":"client","dnsName":"client.demodomain21.com","trustDomain":"client.demodomain21.com","namespace":"istio-system"}]',
      "client:egressGateway=shared",
    ],
  },
];

describe.each(variants)("$name", ({ set, upgrade }) => {
  let lab: LabRun;
  beforeAll(async () => {
    const settings = set.flatMap((setting) => ["--set", setting]);
    lab = await runLab([...settings, ...(upgrade ? ["--upgrade"] : [])]);
  });

  test("the lab succeeds, from up to destroy", () => {
    expect(lab.code, lab.output).toBe(0);
  });

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
