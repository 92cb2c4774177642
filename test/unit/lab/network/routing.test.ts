import { describe, expect, test } from "vitest";

import { SITES } from "../../../../lab/network/address-plan";
import {
  buildNodeLinks,
  buildNodeRules,
  buildRouterLinks,
  buildRouterRules,
} from "../../../../lab/network/routing";

describe("the internet", () => {
  test("forwards between the public ranges, and rejects everything else", () => {
    const forward = buildRouterRules()
      .split("\n")
      .filter((rule) => rule.startsWith("-A FORWARD"));

    expect(forward).toEqual([
      "-A FORWARD -i public-server -s 203.0.113.0/24 -o public-client -d 198.51.100.0/24 -j ACCEPT",
      "-A FORWARD -i public-client -s 198.51.100.0/24 -o public-server -d 203.0.113.0/24 -j ACCEPT",
      "-A FORWARD -j REJECT --reject-with icmp-net-unreachable",
    ]);
  });

  test("rejects connections from a cluster to the lab's own processes", () => {
    const rules = buildRouterRules();

    for (const device of ["mgmt-server", "public-server", "mgmt-client", "public-client"]) {
      expect(rules).toContain(`-A INPUT -i ${device} -p tcp --syn -j REJECT`);
    }
  });

  test("has a metadata server, which clusters reach before those connections are rejected", () => {
    const input = buildRouterRules()
      .split("\n")
      .filter((rule) => rule.startsWith("-A INPUT"));

    expect(buildRouterLinks()).toContain("address add 169.254.169.254/32 dev lo");
    expect(input[0]).toBe("-A INPUT -d 169.254.169.254 -p tcp --dport 80 -j ACCEPT");
  });

  test("routes the load balancer range of each site to its node, and no range of pods or Services", () => {
    const routes = buildRouterLinks().filter((line) => line.startsWith("route"));

    expect(routes).toEqual([
      "route add 203.0.113.64/26 via 203.0.113.10",
      "route add 198.51.100.64/26 via 198.51.100.10",
    ]);
  });
});

describe("a node", () => {
  test("has its default route through its public link, and its pods send with its public address", () => {
    expect(buildNodeLinks(SITES.client)).toContain("route add default via 198.51.100.1");
    expect(buildNodeRules(SITES.client)).toContain(
      "-A POSTROUTING -s 10.2.0.0/24 -o public -j SNAT --to-source 198.51.100.10",
    );
  });

  test("lets the NetworkPolicy engine decide on each new connection from and to its pods", () => {
    const rules = buildNodeRules(SITES.client).split("\n");

    expect(rules.slice(rules.indexOf("*mangle"))).toEqual([
      "*mangle",
      "-A FORWARD -p udp --dport 53 -j ACCEPT",
      "-A FORWARD -m conntrack --ctstate NEW -j NFQUEUE --queue-num 100",
      "-A INPUT -s 10.2.0.0/24 -m conntrack --ctstate NEW -j NFQUEUE --queue-num 100",
      "COMMIT",
      "",
    ]);
  });
});
