import { istioObject, listener, origination } from "../examples/istio";
import { items, read, text } from "../read";
import type { Rule } from "../rule";
import { DESTINATION_RULE, GATEWAY, SERVICE_ENTRY, VIRTUAL_SERVICE } from "../types";

/**
 * Hosts are named one by one. A wildcard on a listener or a route takes in hosts that nobody chose to expose, on a
 * ServiceEntry it opens the mesh to hosts that REGISTRY_ONLY keeps out.
 */
export const istioNoWildcardHost: Rule = {
  name: "istio-no-wildcard-host",
  description: "Hosts are named, never matched by a wildcard.",
  url: "https://istio.io/latest/docs/reference/config/networking/gateway/#Server-hosts",
  level: "mandatory",
  types: [...GATEWAY, ...VIRTUAL_SERVICE, ...SERVICE_ENTRY, ...DESTINATION_RULE],
  *problems({ props }) {
    const spec = read(props, "spec");
    const listeners = items(spec, "servers").flatMap((server) => items(server, "hosts"));
    const sniHosts = items(spec, "tls")
      .flatMap((route) => items(route, "match"))
      .flatMap((match) => items(match, "sniHosts"));
    const hosts = [...items(spec, "hosts"), read(spec, "host"), ...listeners, ...sniHosts];
    for (const host of hosts.map(text)) {
      if (host.includes("*")) yield `"${host}" takes in hosts that nobody chose: name each host.`;
    }
  },
  examples: {
    passes: {
      "a listener for a host": istioObject(GATEWAY, listener()),
      "a route for a host": istioObject(VIRTUAL_SERVICE, { hosts: ["application.example.com"] }),
      "a route for a host's TLS": istioObject(VIRTUAL_SERVICE, route("application.example.com")),
      "a rule for a host": istioObject(DESTINATION_RULE, origination()),
    },
    fails: {
      "a listener for all": istioObject(GATEWAY, listener({ hosts: ["*"] })),
      "a listener for a domain, from any namespace": istioObject(
        GATEWAY,
        listener({ hosts: ["*/*.example.com"] }),
      ),
      "a route for all": istioObject(VIRTUAL_SERVICE, { hosts: ["*"] }),
      "a route for a domain's TLS": istioObject(VIRTUAL_SERVICE, route("*.example.com")),
      "an entry for a domain": istioObject(SERVICE_ENTRY, { hosts: ["*.example.com"] }),
      "a rule for a domain": istioObject(DESTINATION_RULE, { host: "*.example.com" }),
    },
  },
};

/** A route for one host, and for whatever names of TLS are told. */
function route(sniHost: string) {
  return {
    hosts: ["application.example.com"],
    tls: [{ match: [{ port: 443, sniHosts: [sniHost] }] }],
  };
}
