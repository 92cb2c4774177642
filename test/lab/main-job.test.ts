import { beforeAll, describe, expect, test } from "vitest";

import { checks } from "../../checks";
import { type LabRun, runLab } from "./run-lab";

/** The ways in which the program can be set up that change the path of the request. */
const variants: readonly { name: string; set: readonly string[] }[] = [
  { name: "as committed: load balancer, dedicated egress gateway", set: [] },
  {
    name: "the client's intermediate signed by request",
    set: ["client:intermediateKey=client"],
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

describe.each(variants)("$name", ({ set }) => {
  let lab: LabRun;
  beforeAll(async () => {
    lab = await runLab(set);
  });

  test("the lab ends well, from up to destroy", () => {
    expect(lab.code, lab.output).toBe(0);
  });

  test.each(checks.map(({ id, name }) => ({ id, name })))("$id $name", ({ id, name }) => {
    const result = lab.report?.checks.find((one) => one.id === id && one.name === name);
    expect(result, lab.output).toMatchObject({ pass: true });
  });
});
