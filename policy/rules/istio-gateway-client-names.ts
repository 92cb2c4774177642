import { istioObject, listener, serverTls } from "../examples/istio";
import { given, items, read } from "../read";
import type { Rule } from "../rule";
import { GATEWAY } from "../types";

/**
 * A MUTUAL listener lists the names of the clients that may enter. Without the list each certificate under the root
 * enters, and every workload of either mesh has one.
 */
export const istioGatewayClientNames: Rule = {
  name: "istio-gateway-client-names",
  description: "A Gateway's MUTUAL listener lists the names of its clients.",
  url: "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings-subject_alt_names",
  level: "mandatory",
  types: GATEWAY,
  *problems({ props }) {
    for (const server of items(props, "spec", "servers")) {
      const tls = read(server, "tls");
      if (read(tls, "mode") === "MUTUAL" && !given(read(tls, "subjectAltNames")))
        yield "Any certificate of the root enters: list the clients' names in tls.subjectAltNames.";
    }
  },
  examples: {
    passes: { "a client's name": istioObject(GATEWAY, listener()) },
    fails: {
      "no list": istioObject(GATEWAY, listener({ tls: serverTls({ subjectAltNames: undefined }) })),
      "an empty list": istioObject(GATEWAY, listener({ tls: serverTls({ subjectAltNames: [] }) })),
    },
  },
};
