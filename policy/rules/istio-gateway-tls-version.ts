import { istioObject, listener, serverTls } from "../examples/istio";
import { items, read } from "../read";
import type { Rule } from "../rule";
import { GATEWAY } from "../types";

const BROKEN: readonly unknown[] = ["TLSV1_0", "TLSV1_1"];

/** No listener takes a TLS version below 1.2, which is Istio's default (RFC 8996 forbids the older ones). */
export const istioGatewayTlsVersion: Rule = {
  name: "istio-gateway-tls-version",
  description: "A Gateway speaks TLS 1.2 or later.",
  url: "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings-min_protocol_version",
  level: "mandatory",
  types: GATEWAY,
  *problems({ props }) {
    for (const server of items(props, "spec", "servers")) {
      for (const key of ["minProtocolVersion", "maxProtocolVersion"]) {
        if (BROKEN.includes(read(server, "tls", key)))
          yield `A listener speaks TLS below 1.2: set its tls.${key} to TLSV1_2 or TLSV1_3.`;
      }
    }
  },
  examples: {
    passes: {
      "1.2 and later": istioObject(GATEWAY, listener()),
      "1.3 alone": istioObject(
        GATEWAY,
        listener({ tls: serverTls({ minProtocolVersion: "TLSV1_3" }) }),
      ),
      "the default": istioObject(
        GATEWAY,
        listener({ tls: serverTls({ minProtocolVersion: undefined }) }),
      ),
    },
    fails: {
      "1.1": istioObject(GATEWAY, listener({ tls: serverTls({ minProtocolVersion: "TLSV1_1" }) })),
      "1.0 at most": istioObject(
        GATEWAY,
        listener({ tls: serverTls({ maxProtocolVersion: "TLSV1_0" }) }),
      ),
    },
  },
};
