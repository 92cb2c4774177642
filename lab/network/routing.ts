import { METADATA_SERVER } from "../../checks/toolkit/metadata-server";
import { SITES, type Site } from "./address-plan";

/** Number of the queue in which the NetworkPolicy engine decides on connections. */
export const POLICY_QUEUE = 100;

/** Builds the commands for `ip -batch` in the lab's root network namespace. */
export function buildRouterLinks(sites: readonly Site[] = Object.values(SITES)): string[] {
  return [
    "link set lo up",
    `address add ${METADATA_SERVER}/32 dev lo`,
    ...sites.flatMap((site) => [
      ...[site.management, site.public].flatMap((link) => [
        `link add ${link.routerDevice} type veth peer name ${link.nodeDevice} netns ${site.nodeName}`,
        `address add ${link.router}/${link.prefix} dev ${link.routerDevice}`,
        `link set ${link.routerDevice} up`,
      ]),
      // An internet provider routes a customer's range to the customer's router in the same way.
      `route add ${site.loadBalancerCIDR} via ${site.public.node}`,
    ]),
  ];
}

/** Builds the commands for `ip -batch` in a node's network namespace. */
export function buildNodeLinks(site: Site): string[] {
  return [
    "link set lo up",
    ...[site.management, site.public].flatMap((link) => [
      `address add ${link.node}/${link.prefix} dev ${link.nodeDevice}`,
      `link set ${link.nodeDevice} up`,
    ]),
    `route add default via ${site.public.router}`,
  ];
}

/**
 * Builds the rules for `iptables-restore` in the root namespace. They reject packets rather than drop them, so that a
 * sender learns of it at once instead of after a timeout.
 */
export function buildRouterRules(sites: readonly Site[] = Object.values(SITES)): string {
  const pairs = sites.flatMap((from) => sites.filter((to) => to !== from).map((to) => [from, to]));
  return [
    "*filter",
    ":INPUT ACCEPT [0:0]",
    ":FORWARD ACCEPT [0:0]",
    `-A INPUT -d ${METADATA_SERVER} -p tcp --dport 80 -j ACCEPT`,
    // A cluster cannot open a connection to the lab's other processes.
    ...sites
      .flatMap((site) => [site.management, site.public])
      .map((link) => `-A INPUT -i ${link.routerDevice} -p tcp --syn -j REJECT`),
    ...pairs.map(
      ([from, to]) =>
        `-A FORWARD -i ${from?.public.routerDevice} -s ${from?.public.cidr} ` +
        `-o ${to?.public.routerDevice} -d ${to?.public.cidr} -j ACCEPT`,
    ),
    "-A FORWARD -j REJECT --reject-with icmp-net-unreachable",
    "COMMIT",
    "",
  ].join("\n");
}

/**
 * Builds the rules for `iptables-restore --noflush` in a node's namespace: pods send with the node's public address, and the
 * NetworkPolicy engine decides on each new connection of a pod. The engine has such rules of its own, but they need
 * nft_queue, which some kernels do not have, and they do not apply to a pod in its first second.
 */
export function buildNodeRules(site: Site): string {
  const queue = `-m conntrack --ctstate NEW -j NFQUEUE --queue-num ${POLICY_QUEUE}`;
  return [
    "*nat",
    `-A POSTROUTING -s ${site.podCIDR} -o ${site.public.nodeDevice} -j SNAT --to-source ${site.public.node}`,
    "COMMIT",
    "*mangle",
    // Before 6.12, the kernel drops one of two DNS requests that a resolver sends at once, if both are in a queue.
    "-A FORWARD -p udp --dport 53 -j ACCEPT",
    `-A FORWARD ${queue}`,
    `-A INPUT -s ${site.podCIDR} ${queue}`,
    "COMMIT",
    "",
  ].join("\n");
}
