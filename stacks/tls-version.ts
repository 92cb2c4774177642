import type { TlsProtocol } from "../components/istio/objects/gateway";
import type { Config } from "../config";

/** The key `minTlsVersion` in Istio's words. */
export function minProtocolVersion({ minTlsVersion }: Pick<Config, "minTlsVersion">): TlsProtocol {
  return minTlsVersion === "1.3" ? "TLSV1_3" : "TLSV1_2";
}
