import type { ClientEgressMtlsArgs } from "../../../../components/mtls/client-egress-args";
import type { GatewayRef } from "../../../../components/istio/gateway-ref";
import { ClientEgressMtls } from "../../../../components/mtls/client-egress-mtls";
import { record, type Recorded } from "../../../support/record";

export const HOST = "application.example.com";
export const SECOND = "second.example.com";

export const DEDICATED: GatewayRef = {
  name: "istio-egressgateway",
  namespace: "shop",
  labels: { istio: "egressgateway" },
};
export const SHARED = { ...DEDICATED, namespace: "istio-system" };

/** Arguments of a client with a dedicated gateway. */
export const EGRESS: ClientEgressMtlsArgs = {
  namespace: "shop",
  gateway: DEDICATED,
  server: { address: "203.0.113.64", port: 443, hosts: [HOST] },
  credential: { chainPem: "CHAIN", privateKeyPem: "KEY", trustAnchorPem: "ROOT" },
  callers: [{ principal: "client.example.com/ns/shop/sa/web" }],
};

/** What a component named `egress` registers. */
export function recordEgress(
  changes: Partial<ClientEgressMtlsArgs> = {},
): Promise<readonly Recorded[]> {
  return record(() => new ClientEgressMtls("egress", { ...EGRESS, ...changes }));
}

/** The server with other hosts, at another address or port. */
export function serverWith(changes: Partial<ClientEgressMtlsArgs["server"]>) {
  return { server: { ...EGRESS.server, ...changes } };
}
