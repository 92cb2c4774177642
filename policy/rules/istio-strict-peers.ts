import { istioObject } from "../examples/istio";
import { entries, read } from "../read";
import type { Rule } from "../rule";
import { PEER_AUTHENTICATION } from "../types";

const OPEN: readonly unknown[] = ["PERMISSIVE", "DISABLE"];

/** No workload, and no port of one, takes plaintext. */
export const istioStrictPeers: Rule = {
  name: "istio-strict-peers",
  description: "No PeerAuthentication lets plaintext in.",
  url: "https://istio.io/latest/docs/reference/config/security/peer_authentication/#PeerAuthentication-MutualTLS-Mode",
  level: "mandatory",
  types: PEER_AUTHENTICATION,
  *problems({ props }) {
    const spec = read(props, "spec");
    const ports = entries(spec, "portLevelMtls").map(
      ([port, mtls]) => [`port ${port}`, mtls] as const,
    );
    for (const [what, mtls] of [["mtls", read(spec, "mtls")] as const, ...ports]) {
      const mode = read(mtls, "mode");
      if (OPEN.includes(mode))
        yield `${what} is ${String(mode)}, which lets plaintext in: make it STRICT.`;
    }
  },
  examples: {
    passes: { strict: istioObject(PEER_AUTHENTICATION, { mtls: { mode: "STRICT" } }) },
    fails: {
      permissive: istioObject(PEER_AUTHENTICATION, { mtls: { mode: "PERMISSIVE" } }),
      "switched off": istioObject(PEER_AUTHENTICATION, { mtls: { mode: "DISABLE" } }),
      "permissive on a port": istioObject(PEER_AUTHENTICATION, {
        mtls: { mode: "STRICT" },
        portLevelMtls: { 8080: { mode: "PERMISSIVE" } },
      }),
    },
  },
};
