import type { ServerIngressMtlsArgs } from "../../../../components/mtls/server-ingress-args";
import { ServerIngressMtls } from "../../../../components/mtls/server-ingress-mtls";
import { record, type Recorded } from "../../../support/record";

export const FIRST = { host: "first.example.com", namespace: "shop", service: "web", port: 8000 };
export const SECOND = { host: "second.example.com", namespace: "stock", service: "api", port: 80 };

/** A client that is admitted as `NAME.example.com`. */
export const clientNamed = (name: string) => ({
  dnsName: `${name}.example.com`,
  principal: `${name}.example.com/ns/shop/sa/gateway`,
});

/** Arguments of a server with one service and one client. */
export const INGRESS: ServerIngressMtlsArgs = {
  gateway: {
    name: "istio-ingressgateway",
    namespace: "istio-ingress",
    labels: { istio: "ingressgateway" },
  },
  exposure: { type: "LoadBalancer" },
  services: [FIRST],
  clients: [clientNamed("client")],
  credential: { chainPem: "CHAIN", privateKeyPem: "KEY", trustAnchorPem: "ROOT" },
  minProtocolVersion: "TLSV1_2",
};

/** What a component named `ingress` registers, and the component. */
export async function recordIngress(changes: Partial<ServerIngressMtlsArgs> = {}): Promise<{
  readonly resources: readonly Recorded[];
  readonly ingress: ServerIngressMtls;
}> {
  const made: ServerIngressMtls[] = [];
  const resources = await record(() => {
    made.push(new ServerIngressMtls("ingress", { ...INGRESS, ...changes }));
  });
  const [ingress] = made;
  if (!ingress) throw new Error("the component was not created");
  return { resources, ingress };
}
