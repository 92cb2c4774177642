import * as pulumi from "@pulumi/pulumi";
import { afterEach, expect, test, vi } from "vitest";

import { loadBalancerAddresses } from "../../../../components/mtls/server/ingress-service";

type Status = Parameters<typeof loadBalancerAddresses>[0];

const status = (...ingress: object[]) => ({ loadBalancer: { ingress } }) as unknown as Status;

afterEach(() => {
  vi.restoreAllMocks();
});

test("the address is an IP address, or a name in clouds that give one", () => {
  expect(loadBalancerAddresses(status({ ip: "203.0.113.64" }))).toEqual(["203.0.113.64"]);
  expect(loadBalancerAddresses(status({ hostname: "lb.example.com" }))).toEqual(["lb.example.com"]);
});

test("a cloud may give several addresses", () => {
  const several = status({ ip: "203.0.113.64" }, { ip: "203.0.113.65" }, {});
  expect(loadBalancerAddresses(several)).toEqual(["203.0.113.64", "203.0.113.65"]);
});

test("a Service without an address is an error, except in a preview", () => {
  expect(() => loadBalancerAddresses(status())).toThrow(
    "has no load balancer address: on a cluster without load balancers, use a NodePort (ingressType in the stack's configuration)",
  );
  vi.spyOn(pulumi.runtime, "isDryRun").mockReturnValue(true);
  expect(loadBalancerAddresses(status())).toEqual([""]);
});
