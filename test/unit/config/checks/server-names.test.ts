import { expect, test } from "vitest";

import { complaints } from "../../../support/config";

const service = (host: string) => ({ host, namespace: "shop", service: "web", port: 80 });
const partner = { name: "p", dnsName: "p.example.com", trustDomain: "p.example.com" };

test("more hosts than one certificate can name are one problem of services", () => {
  const hosts = Array.from({ length: 1_100 }, (_, index) => service(`host-${index}.example.com`));
  expect(complaints("server", { services: hosts })).toEqual([
    expect.stringMatching(/^istio-mtls:services: must be fewer or shorter \(got 1100 hosts\)/),
  ]);
});

test("a client whose DNS name is a host is refused", () => {
  expect(
    complaints("server", { services: [service(partner.dnsName)], clients: [partner] }),
  ).toEqual([
    expect.stringMatching(/^istio-mtls:clients\[0\]\.dnsName: must not be a host of the server/),
  ]);
});

test.each(["httpbin", "shop", "istio-ingress", "istio-system", "remote"])(
  "a host in the namespace %s is a Service's short name",
  (namespace) => {
    const clients = [{ ...partner, namespace: "remote" }];
    const [complaint, ...others] = complaints("server", {
      services: [service("web.shop.example.com"), service(`web.${namespace}`)],
      clients,
    });
    expect(complaint).toMatch(
      new RegExp(
        `^istio-mtls:services\\[1\\]\\.host: must not be a name in one of the namespaces, ${namespace} \\(got "web\\.${namespace}"\\)`,
      ),
    );
    expect(others).toEqual([]);
  },
);
