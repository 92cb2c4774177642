import { describe, expect, test } from "vitest";

import { ClientEgressMtls } from "../../../../components/mtls/client-egress-mtls";
import { ServerIngressMtls } from "../../../../components/mtls/server-ingress-mtls";
import { record, type Recorded } from "../../../support/record";
import { EGRESS, serverWith, SHARED } from "./client-egress";
import { clientNamed, FIRST, INGRESS, SECOND } from "./server-ingress";

/** Kubernetes' limit for the names of these kinds. */
const MAX_NAME_LENGTH = 253;
/** A host whose slug is cut to 63 characters. */
const LONG_HOST = `${"long-name.".repeat(20)}example.com`;

/** Each object of the clusters as `kind namespace/name`. */
function objects(resources: readonly Recorded[]): readonly string[] {
  return resources
    .filter(({ type }) => type.startsWith("kubernetes:"))
    .map(({ type, inputs }) => {
      const { name, namespace } = inputs["metadata"] as { name: string; namespace: string };
      return `${type.replace(/.*:/, "")} ${namespace}/${name}`;
    });
}

const egressTo = (host: string, changes = {}) => ({
  ...EGRESS,
  ...serverWith({ hosts: [host] }),
  ...changes,
});
const ingressFor = (service: typeof FIRST, changes = {}) => ({
  ...INGRESS,
  services: [service],
  ...changes,
});

describe.each<[string, (one: string, other: string) => unknown]>([
  [
    "clients in one namespace, with one dedicated gateway",
    (one, other) => [
      new ClientEgressMtls(one, egressTo("a.example.com")),
      new ClientEgressMtls(other, egressTo("b.example.com")),
    ],
  ],
  [
    "clients in one namespace that call one host",
    (one, other) => [
      new ClientEgressMtls(one, egressTo("a.example.com")),
      new ClientEgressMtls(other, egressTo("a.example.com")),
    ],
  ],
  [
    "clients in two namespaces, with one shared gateway",
    (one, other) => [
      new ClientEgressMtls(one, egressTo("a.example.com", { gateway: SHARED, namespace: "a" })),
      new ClientEgressMtls(other, egressTo("b.example.com", { gateway: SHARED, namespace: "b" })),
    ],
  ],
  [
    "servers on one gateway",
    (one, other) => [
      new ServerIngressMtls(one, ingressFor(FIRST)),
      new ServerIngressMtls(other, ingressFor(SECOND, { clients: [clientNamed("other")] })),
    ],
  ],
])("two %s", (_, create) => {
  test("share no object's name", async () => {
    const all = objects(await record(() => create("partner", "supplier")));
    expect(all.length).toBeGreaterThan(10);
    expect(all.filter((each, index) => all.indexOf(each) !== index)).toEqual([]);
  });
});

test.each<[string, () => unknown, readonly string[]]>([
  [
    "a client",
    () =>
      new ClientEgressMtls("a", {
        ...egressTo("a.example.com", { gateway: SHARED }),
        objectPrefix: "server-egress",
        credentialName: "client-credential",
      }),
    [
      "AuthorizationPolicy istio-system/server-egress-callers-only",
      "DestinationRule istio-system/server-egress-a-example-com",
      "DestinationRule shop/server-egress-gateway",
      "EnvoyFilter shop/server-egress-no-way-around",
      "Gateway istio-system/server-egress",
      "Secret istio-system/client-credential",
      "ServiceEntry shop/server-egress",
      "VirtualService shop/server-egress-a-example-com",
    ],
  ],
  [
    "a server",
    () =>
      new ServerIngressMtls("a", {
        ...INGRESS,
        objectPrefix: "server-ingress",
        credentialName: "server-credential",
        serviceName: "istio-ingressgateway",
      }),
    [
      "AuthorizationPolicy istio-ingress/server-ingress-client-client-example-com",
      "AuthorizationPolicy istio-ingress/server-ingress-default-deny",
      "DestinationRule istio-ingress/server-ingress-first-example-com",
      "Gateway istio-ingress/server-ingress",
      "Secret istio-ingress/server-credential",
      "Service istio-ingress/istio-ingressgateway",
      "VirtualService istio-ingress/server-ingress-first-example-com",
    ],
  ],
])("%s has the names that its arguments give", async (_, create, names) => {
  expect([...objects(await record(create))].sort()).toEqual(names);
});

test("the rule towards the gateway never has the name of a host's rule", async () => {
  const hosts = ["to.gateway", "gateway.example.com", "a.example.com"];
  const resources = await record(
    () => new ClientEgressMtls("a", { ...EGRESS, ...serverWith({ hosts }) }),
  );
  const rules = objects(resources).filter((each) => each.startsWith("DestinationRule"));
  expect(rules).toHaveLength(hosts.length + 1);
  expect(new Set(rules).size).toBe(rules.length);
});

test("no name is longer than Kubernetes allows, with the longest prefix and a long host", async () => {
  const name = "p".repeat(63);
  const resources = await record(() => [
    new ClientEgressMtls(name, egressTo(LONG_HOST)),
    new ServerIngressMtls(name, ingressFor({ ...FIRST, host: LONG_HOST })),
  ]);
  for (const object of objects(resources)) {
    const { length } = object.replace(/^.*\//, "");
    expect(length).toBeLessThanOrEqual(object.startsWith("Service ") ? 63 : MAX_NAME_LENGTH);
  }
});
