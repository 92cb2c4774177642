import * as pulumi from "@pulumi/pulumi";
import { afterEach, expect, test, vi } from "vitest";

import { loadBalancerAddress } from "../../../../components/mtls/server/ingress-service";

type Status = Parameters<typeof loadBalancerAddress>[0];

const status = (...ingress: object[]) => ({ loadBalancer: { ingress } }) as unknown as Status;

afterEach(() => {
  vi.restoreAllMocks();
});

test("the address is an IP address, or a name in clouds that give one", () => {
  expect(loadBalancerAddress(status({ ip: "203.0.113.64" }))).toBe("203.0.113.64");
  expect(loadBalancerAddress(status({ hostname: "lb.example.com" }))).toBe("lb.example.com");
});

test("a Service without an address is an error, except in a preview", () => {
  expect(() => loadBalancerAddress(status())).toThrow(
    "has no load balancer address: on a cluster without load balancers, use a NodePort (ingressType in the stack's configuration)",
  );
  vi.spyOn(pulumi.runtime, "isDryRun").mockReturnValue(true);
  expect(loadBalancerAddress(status())).toBe("");
});
