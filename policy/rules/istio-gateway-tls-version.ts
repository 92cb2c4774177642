import { istioObject, listener, serverTls } from "../examples/istio";
import { got } from "../property";
import { read } from "../read";
import type { Rule } from "../rule";
import { listenerTls } from "../tls-settings";
import { GATEWAY } from "../types";

const DEPRECATED: readonly unknown[] = ["TLSV1_0", "TLSV1_1"];

/** No listener accepts a TLS version below 1.2, Istio's default. RFC 8996 forbids the older versions. */
export const istioGatewayTlsVersion: Rule = {
  name: "istio-gateway-tls-version",
  description: "A Gateway accepts only TLS 1.2 or later.",
  url: "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings-min_protocol_version",
  level: "mandatory",
  types: GATEWAY,
  *problems({ props }) {
    for (const tls of listenerTls(read(props, "spec"))) {
      for (const key of ["minProtocolVersion", "maxProtocolVersion"]) {
        const version = read(tls, key);
        if (DEPRECATED.includes(version))
          yield `tls.${key} must be TLSV1_2 or TLSV1_3 ${got(version)}: older versions are not secure.`;
      }
    }
  },
  examples: {
    passes: {
      "1.2 or later": istioObject(GATEWAY, listener()),
      "only 1.3": istioObject(
        GATEWAY,
        listener({ tls: serverTls({ minProtocolVersion: "TLSV1_3" }) }),
      ),
      "the default": istioObject(
        GATEWAY,
        listener({ tls: serverTls({ minProtocolVersion: undefined }) }),
      ),
    },
    fails: {
      "1.1 or later": istioObject(
        GATEWAY,
        listener({ tls: serverTls({ minProtocolVersion: "TLSV1_1" }) }),
      ),
      "at most 1.0": istioObject(
        GATEWAY,
        listener({ tls: serverTls({ maxProtocolVersion: "TLSV1_0" }) }),
      ),
    },
  },
};
