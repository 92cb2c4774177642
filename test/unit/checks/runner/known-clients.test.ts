import { expect, test } from "vitest";

import { knownClients } from "../../../../checks/runner/known-clients";
import type { AuthorizationPolicySpec, IstioObject } from "../../../../checks/runner/istio-objects";
import { recordServer } from "../../../support/stacks";

const FIRST = { host: "a.example.com", namespace: "shop", service: "web", port: 80 };
const services = [FIRST, { ...FIRST, host: "b.example.com" }];
const entry = (name: string) => ({ name, dnsName: `${name}.test`, trustDomain: `${name}.test` });

test("reads the program's own policies: who may call what, and who is suspended", async () => {
  const { resources } = await recordServer({
    services,
    clients: [
      entry("all"),
      { ...entry("some"), hosts: ["b.example.com"] },
      { ...entry("none"), suspended: true },
    ],
  });
  const policies = resources
    .filter(({ type }) => type.endsWith(":AuthorizationPolicy"))
    .map(({ inputs }) => inputs as unknown as IstioObject<AuthorizationPolicySpec>);
  const hosts = services.map(({ host }) => host);
  const account = "ns/httpbin/sa/istio-egressgateway";

  expect(knownClients(["all.test", "some.test", "none.test"], policies, hosts)).toEqual([
    { dnsName: "all.test", uri: `spiffe://all.test/${account}`, hosts, suspended: false },
    {
      dnsName: "some.test",
      uri: `spiffe://some.test/${account}`,
      hosts: ["b.example.com"],
      suspended: false,
    },
    { dnsName: "none.test", uri: `spiffe://none.test/${account}`, hosts: [], suspended: true },
  ]);
  expect(() => knownClients(["other.test"], policies, hosts)).toThrow(
    "no AuthorizationPolicy server-ingress-client-other-test in the server cluster",
  );
});
