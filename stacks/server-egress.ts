import type * as pulumi from "@pulumi/pulumi";

import type { GatewayRef } from "../components/istio/gateway-ref";
import { ClientEgressMtls } from "../components/mtls/client-egress-mtls";
import { GatewayLeaf } from "../components/pki/gateway-leaf";
import type { ClientConfig } from "../config";
import type { CalledServer } from "./called-servers";
import type { AdmittedCallers } from "./callers";
import type { ClientIntermediate } from "./client-intermediate";
import { clusterDomain } from "./cluster-domain";
import { serverEndpoint } from "./server-endpoint";
import { minProtocolVersion } from "./tls-version";

/** Inputs of {@link serverEgress}. */
export interface ServerEgressArgs {
  readonly config: ClientConfig;
  readonly called: CalledServer;
  /** Signs the gateway's certificate for this server. The gateway trusts its root for this server's hosts only. */
  readonly intermediate: ClientIntermediate;
  /** Namespace of the application. */
  readonly namespace: pulumi.Input<string>;
  readonly gateway: GatewayRef;
  /** Those who may call this server. */
  readonly callers: AdmittedCallers;
}

/** The path to one server: the gateway's certificate for it, and the objects that use it. */
export function serverEgress(
  { config, called, intermediate, namespace, gateway, callers }: ServerEgressArgs,
  opts: pulumi.ComponentResourceOptions,
): void {
  const { server, hosts, resources } = called;
  const leaf = new GatewayLeaf(resources.leaf, {
    usage: "client_auth",
    dnsNames: [server.client.dnsName],
    uris: [`spiffe://${server.client.principal}`],
    issuer: intermediate.ca,
    validityHours: config.certificates.leafHours,
  });
  new ClientEgressMtls(
    resources.egress,
    {
      namespace,
      gateway,
      server: serverEndpoint(called, server, hosts),
      credential: {
        chainPem: leaf.chainPem,
        privateKeyPem: leaf.privateKeyPem,
        trustAnchorPem: intermediate.trustAnchorPem,
        crlPem: intermediate.peersCrlPem,
      },
      ...callers,
      minProtocolVersion: minProtocolVersion(config),
      ...called.objects,
      ...clusterDomain(config.istioValues),
    },
    opts,
  );
}
