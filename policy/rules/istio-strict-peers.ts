import { istioObject } from "../examples/istio";
import { got } from "../property";
import { read, readEntries } from "../read";
import type { Rule } from "../rule";
import { PEER_AUTHENTICATION } from "../types";

const PLAINTEXT_MODES: readonly unknown[] = ["PERMISSIVE", "DISABLE"];

/** No workload accepts plaintext, not even on a single port. */
export const istioStrictPeers: Rule = {
  name: "istio-strict-peers",
  description: "No PeerAuthentication allows plaintext.",
  url: "https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication-MutualTLS-Mode",
  level: "mandatory",
  types: PEER_AUTHENTICATION,
  *problems({ props }) {
    const spec = read(props, "spec");
    const ports = readEntries(spec, "portLevelMtls").map(
      ([port, mtls]) => [`portLevelMtls.${port}`, mtls] as const,
    );
    for (const [path, mtls] of [["mtls", read(spec, "mtls")] as const, ...ports]) {
      const mode = read(mtls, "mode");
      if (PLAINTEXT_MODES.includes(mode))
        yield `spec.${path}.mode must be STRICT ${got(mode)}: other modes accept plaintext.`;
    }
  },
  examples: {
    passes: { STRICT: istioObject(PEER_AUTHENTICATION, { mtls: { mode: "STRICT" } }) },
    fails: {
      PERMISSIVE: istioObject(PEER_AUTHENTICATION, { mtls: { mode: "PERMISSIVE" } }),
      DISABLE: istioObject(PEER_AUTHENTICATION, { mtls: { mode: "DISABLE" } }),
      "PERMISSIVE for a port": istioObject(PEER_AUTHENTICATION, {
        mtls: { mode: "STRICT" },
        portLevelMtls: { 8080: { mode: "PERMISSIVE" } },
      }),
    },
  },
};
