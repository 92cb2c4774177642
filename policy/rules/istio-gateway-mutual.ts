import { istioObject, listener, serverTls } from "../examples/istio";
import { got } from "../property";
import { mayBe, read } from "../read";
import type { Rule } from "../rule";
import { listenerTls } from "../tls-settings";
import { GATEWAY } from "../types";

/**
 * Each listener of a Gateway requires a client certificate: from another mesh's gateway (MUTUAL) or from the mesh's own
 * workloads (ISTIO_MUTUAL). All other modes, including OPTIONAL_MUTUAL, admit callers without a certificate.
 */
export const istioGatewayMutual: Rule = {
  name: "istio-gateway-mutual",
  description: "Every listener of a Gateway requires a client certificate.",
  url: "https://istio.io/latest/docs/reference/config/networking/gateway/#ServerTLSSettings-TLSmode",
  level: "mandatory",
  types: GATEWAY,
  *problems({ props }) {
    for (const mode of listenerTls(read(props, "spec")).map((tls) => read(tls, "mode"))) {
      if (!mayBe(mode, "MUTUAL", "ISTIO_MUTUAL"))
        yield `tls.mode must be MUTUAL or ISTIO_MUTUAL in each listener ${got(mode)}: other modes admit callers without a certificate.`;
    }
  },
  examples: {
    passes: {
      "mutual TLS": istioObject(GATEWAY, listener()),
      "mutual TLS inside the mesh": istioObject(
        GATEWAY,
        listener({ tls: { mode: "ISTIO_MUTUAL" } }),
      ),
    },
    fails: {
      "TLS without a client certificate": istioObject(
        GATEWAY,
        listener({ tls: { mode: "SIMPLE" } }),
      ),
      "a patch to TLS without a client certificate": {
        type: "kubernetes:networking.istio.io/v1:GatewayPatch",
        props: { spec: listener({ tls: { mode: "SIMPLE" } }) },
      },
      "optional client certificates": istioObject(
        GATEWAY,
        listener({ tls: serverTls({ mode: "OPTIONAL_MUTUAL" }) }),
      ),
      "no TLS": istioObject(GATEWAY, listener({ tls: undefined })),
      "a redirect on a plaintext port": istioObject(
        GATEWAY,
        listener({ tls: { httpsRedirect: true } }),
      ),
    },
  },
};
