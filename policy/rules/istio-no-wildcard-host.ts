import { istioObject, listener, origination } from "../examples/istio";
import { read, readItems, stringOf } from "../read";
import type { Rule } from "../rule";
import { DESTINATION_RULE, GATEWAY, SERVICE_ENTRY, VIRTUAL_SERVICE } from "../types";

/**
 * Hosts are listed one by one. A wildcard in a listener or a route exposes hosts that nobody listed. A wildcard in a
 * ServiceEntry lets pods connect to hosts that REGISTRY_ONLY should block.
 */
export const istioNoWildcardHost: Rule = {
  name: "istio-no-wildcard-host",
  description: "Hosts are listed without wildcards.",
  url: "https://istio.io/latest/docs/reference/config/networking/gateway/#Server-hosts",
  level: "mandatory",
  types: [...GATEWAY, ...VIRTUAL_SERVICE, ...SERVICE_ENTRY, ...DESTINATION_RULE],
  *problems({ props }) {
    const spec = read(props, "spec");
    const listeners = readItems(spec, "servers").flatMap((server) => readItems(server, "hosts"));
    const sniHosts = readItems(spec, "tls")
      .flatMap((route) => readItems(route, "match"))
      .flatMap((match) => readItems(match, "sniHosts"));
    const hosts = [...readItems(spec, "hosts"), read(spec, "host"), ...listeners, ...sniHosts];
    for (const host of hosts.map(stringOf)) {
      if (host.includes("*"))
        yield `a host must not contain a wildcard (got "${host}"): it also matches hosts that nobody listed. Write each host in full.`;
    }
  },
  examples: {
    passes: {
      "a listener for a host": istioObject(GATEWAY, listener()),
      "a route for a host": istioObject(VIRTUAL_SERVICE, { hosts: ["application.example.com"] }),
      "a TLS route for a host": istioObject(VIRTUAL_SERVICE, route("application.example.com")),
      "a DestinationRule for a host": istioObject(DESTINATION_RULE, origination()),
    },
    fails: {
      "a listener for all hosts": istioObject(GATEWAY, listener({ hosts: ["*"] })),
      "a listener for a domain, from any namespace": istioObject(
        GATEWAY,
        listener({ hosts: ["*/*.example.com"] }),
      ),
      "a route for all hosts": istioObject(VIRTUAL_SERVICE, { hosts: ["*"] }),
      "a TLS route for a domain": istioObject(VIRTUAL_SERVICE, route("*.example.com")),
      "a ServiceEntry for a domain": istioObject(SERVICE_ENTRY, { hosts: ["*.example.com"] }),
      "a DestinationRule for a domain": istioObject(DESTINATION_RULE, { host: "*.example.com" }),
    },
  },
};

/** A route for a host, with a TLS match for `sniHost`. */
function route(sniHost: string) {
  return {
    hosts: ["application.example.com"],
    tls: [{ match: [{ port: 443, sniHosts: [sniHost] }] }],
  };
}
