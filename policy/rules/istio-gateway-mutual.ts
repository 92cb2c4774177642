import { istioObject, listener, serverTls } from "../examples/istio";
import { is, items, read, text } from "../read";
import type { Rule } from "../rule";
import { GATEWAY } from "../types";

/**
 * Each listener of a Gateway demands a certificate: of another mesh's gateway (MUTUAL) or of the mesh's own workloads
 * (ISTIO_MUTUAL). Every other mode, OPTIONAL_MUTUAL among them, lets a caller in without one.
 */
export const istioGatewayMutual: Rule = {
  name: "istio-gateway-mutual",
  description: "Every listener of a Gateway demands a client certificate.",
  url: "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings-TLSmode",
  level: "mandatory",
  types: GATEWAY,
  *problems({ props }) {
    for (const server of items(props, "spec", "servers")) {
      const mode = read(server, "tls", "mode");
      if (!is(mode, "MUTUAL", "ISTIO_MUTUAL"))
        yield `A listener ${mode === undefined ? "without TLS" : `of mode ${text(mode)}`} lets callers in without a certificate: set its tls.mode to MUTUAL or ISTIO_MUTUAL.`;
    }
  },
  examples: {
    passes: {
      "mutual TLS": istioObject(GATEWAY, listener()),
      "the mesh's own mutual TLS": istioObject(
        GATEWAY,
        listener({ tls: { mode: "ISTIO_MUTUAL" } }),
      ),
    },
    fails: {
      "TLS of the server alone": istioObject(GATEWAY, listener({ tls: { mode: "SIMPLE" } })),
      "TLS of the server alone, laid over a Gateway": {
        type: "kubernetes:networking.istio.io/v1:GatewayPatch",
        props: { spec: listener({ tls: { mode: "SIMPLE" } }) },
      },
      "a certificate for those who have one": istioObject(
        GATEWAY,
        listener({ tls: serverTls({ mode: "OPTIONAL_MUTUAL" }) }),
      ),
      "no TLS": istioObject(GATEWAY, listener({ tls: undefined })),
      "a redirect on a plain port": istioObject(
        GATEWAY,
        listener({ tls: { httpsRedirect: true } }),
      ),
    },
  },
};
