import type { HttpRoute } from "../istio/objects/virtual-service";
import { hostSlug } from "./host-slug";

/** Subset of a server or a service for WebSockets. */
export const WEBSOCKET_SUBSET = "websocket";

/** Subset of the egress gateway for WebSockets to a host. */
export function websocketSubset(host: string): string {
  // Three dots become three hyphens, which the slug of a host never starts with after this word.
  return hostSlug(`${WEBSOCKET_SUBSET}...${host}`);
}

/**
 * The route of the WebSockets among the requests of `route`, to another subset of its destination. A WebSocket replaces
 * HTTP on a connection of HTTP/1.1. Over HTTP/2, both gateways would need Envoy's `allow_connect`, which Istio cannot set.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/http/upgrades
 */
export function websocketRoute(route: HttpRoute, subset: string): HttpRoute {
  return {
    ...route,
    name: `${route.name}-websocket`,
    match: route.match.map((each) => ({
      ...each,
      headers: { upgrade: { regex: "(?i)websocket" } },
    })),
    route: route.route.map(({ destination }) => ({ destination: { ...destination, subset } })),
  };
}
