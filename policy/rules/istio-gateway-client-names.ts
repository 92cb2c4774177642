import { istioObject, listener, serverTls } from "../examples/istio";
import { mayBeSet, read } from "../read";
import type { Rule } from "../rule";
import { listenerTls } from "../tls-settings";
import { GATEWAY } from "../types";

/**
 * A listener with mode MUTUAL lists the names of its clients. Without the list, it accepts every certificate under the
 * root, and every workload of all meshes has one.
 */
export const istioGatewayClientNames: Rule = {
  name: "istio-gateway-client-names",
  description: "A Gateway's listener with mode MUTUAL lists the names of its clients.",
  url: "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings-subject_alt_names",
  level: "mandatory",
  types: GATEWAY,
  *problems({ props }) {
    for (const tls of listenerTls(read(props, "spec"))) {
      if (read(tls, "mode") === "MUTUAL" && !mayBeSet(read(tls, "subjectAltNames")))
        yield "tls.subjectAltNames must list the clients' names: otherwise the listener accepts every certificate under the root.";
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
