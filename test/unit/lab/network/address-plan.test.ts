import { BlockList } from "node:net";

import { describe, expect, test } from "vitest";

import { type Site, SITES } from "../../../../lab/network/address-plan";

const sites = Object.values(SITES);

function isInRange(cidr: string, address: string): boolean {
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
  test("has no overlapping ranges", () => {
    const ranges = sites.flatMap(rangesOf);
    const overlaps = ranges.flatMap((inner) =>
      ranges.filter((outer) => outer !== inner && isInRange(outer, inner.split("/")[0] ?? "")),
    );

    expect(ranges).toHaveLength(8);
    expect(overlaps).toEqual([]);
  });

  test.each(sites)("of $name has its addresses in their ranges", (site) => {
    for (const link of [site.management, site.public]) {
      expect(isInRange(link.cidr, link.router)).toBe(true);
      expect(isInRange(link.cidr, link.node)).toBe(true);
    }
    expect(isInRange(site.serviceCIDR, site.clusterDNS)).toBe(true);
    expect(isInRange(site.public.cidr, site.loadBalancerCIDR.split("/")[0] ?? "")).toBe(true);
  });

  test.each(sites)("of $name assigns no address of a link to a load balancer", (site) => {
    expect(isInRange(site.loadBalancerCIDR, site.public.router)).toBe(false);
    expect(isInRange(site.loadBalancerCIDR, site.public.node)).toBe(false);
  });

  test.each(sites)("of $name has interface names that the kernel accepts", ({ ...site }) => {
    for (const { routerDevice, nodeDevice } of [site.management, site.public]) {
      expect(routerDevice.length).toBeLessThan(16);
      expect(nodeDevice.length).toBeLessThan(16);
    }
  });
});
