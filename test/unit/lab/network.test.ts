import { BlockList } from "node:net";

import { describe, expect, test } from "vitest";

import { SITES, type Site } from "../../../lab/network/address-plan";
import { buildNodeLinks, buildNodeRules, buildRouterLinks, buildRouterRules } from "../../../lab/network/routing";

const sites = Object.values(SITES);

function contains(cidr: string, address: string): boolean {
  const [net = "", prefix] = cidr.split("/");
  const list = new BlockList();
  list.addSubnet(net, Number(prefix));
  return list.check(address);
}

const rangesOf = (site: Site) => [
  site.management.cidr,
  site.public.cidr,
  site.podCIDR,
  site.serviceCIDR,
];

describe("the address plan", () => {
  test("has no range that lies in another", () => {
    const ranges = sites.flatMap(rangesOf);
    const overlaps = ranges.flatMap((inner) =>
      ranges.filter((outer) => outer !== inner && contains(outer, inner.split("/")[0] ?? "")),
    );

    expect(ranges).toHaveLength(8);
    expect(overlaps).toEqual([]);
  });

  test.each(sites)("of $name keeps addresses in their ranges", (site) => {
    for (const link of [site.management, site.public]) {
      expect(contains(link.cidr, link.router)).toBe(true);
      expect(contains(link.cidr, link.node)).toBe(true);
    }
    expect(contains(site.serviceCIDR, site.clusterDNS)).toBe(true);
    expect(contains(site.public.cidr, site.loadBalancerCIDR.split("/")[0] ?? "")).toBe(true);
  });

  test.each(sites)("of $name hands out no address that a link has", (site) => {
    expect(contains(site.loadBalancerCIDR, site.public.router)).toBe(false);
    expect(contains(site.loadBalancerCIDR, site.public.node)).toBe(false);
  });

  test.each(sites)("of $name has interface names that the kernel takes", ({ ...site }) => {
    for (const { routerDevice, nodeDevice } of [site.management, site.public]) {
      expect(routerDevice.length).toBeLessThan(16);
      expect(nodeDevice.length).toBeLessThan(16);
    }
  });
});

describe("the internet", () => {
  test("forwards from public range to public range, and refuses the rest", () => {
    const forward = buildRouterRules()
      .split("\n")
      .filter((rule) => rule.startsWith("-A FORWARD"));

    expect(forward).toEqual([
      "-A FORWARD -i public-server -s 203.0.113.0/24 -o public-client -d 198.51.100.0/24 -j ACCEPT",
      "-A FORWARD -i public-client -s 198.51.100.0/24 -o public-server -d 203.0.113.0/24 -j ACCEPT",
      "-A FORWARD -j REJECT --reject-with icmp-net-unreachable",
    ]);
  });

  test("lets no cluster open a connection to the lab's own processes", () => {
    const rules = buildRouterRules();

    for (const device of ["mgmt-server", "public-server", "mgmt-client", "public-client"]) {
      expect(rules).toContain(`-A INPUT -i ${device} -p tcp --syn -j REJECT`);
    }
  });

  test("routes each site's load balancers to its node, and no pod or Service", () => {
    const routes = buildRouterLinks().filter((line) => line.startsWith("route"));

    expect(routes).toEqual([
      "route add 203.0.113.64/26 via 203.0.113.10",
      "route add 198.51.100.64/26 via 198.51.100.10",
    ]);
  });
});

describe("a node", () => {
  test("leaves by its public side, and its pods with its public address", () => {
    expect(buildNodeLinks(SITES.client)).toContain("route add default via 198.51.100.1");
    expect(buildNodeRules(SITES.client)).toContain(
      "-A POSTROUTING -s 10.2.0.0/24 -o public -j SNAT --to-source 198.51.100.10",
    );
  });
});
