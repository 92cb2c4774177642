import type * as pulumi from "@pulumi/pulumi";

import { GATEWAY_PORT } from "../../istio/gateway-port";
import type { GatewayInput } from "../../istio/gateway-ref";
import { Gateway, type GatewayArgs, type TlsProtocol } from "../../istio/objects/gateway";
import type { IstioMetadata } from "../../istio/objects/resource";
import { applyTransform, type Transform } from "../../transform";

/** Inputs of {@link listener}. */
export interface ListenerArgs {
  readonly metadata: IstioMetadata;
  readonly gateway: GatewayInput;
  /** Hosts that clients call. */
  readonly hosts: readonly string[];
  /** Name of the Secret with the server's certificate. */
  readonly credentialName: pulumi.Input<string>;
  /** Admitted DNS names. A client's certificate must contain one of them. */
  readonly clientNames: readonly string[];
  readonly minProtocolVersion: TlsProtocol;
  readonly transform?: Transform<GatewayArgs> | undefined;
}

/** The ingress gateway's listener. Its handshake fails unless the client's certificate contains an admitted name. */
export function listener(
  name: string,
  args: ListenerArgs,
  opts: pulumi.CustomResourceOptions,
): Gateway {
  return new Gateway(
    name,
    applyTransform(args.transform, name, {
      metadata: args.metadata,
      spec: {
        selector: args.gateway.labels,
        servers: [
          {
            port: { number: GATEWAY_PORT, name: "https-mtls", protocol: "HTTPS" },
            hosts: [...args.hosts],
            tls: {
              mode: "MUTUAL",
              credentialName: args.credentialName,
              subjectAltNames: [...args.clientNames],
              minProtocolVersion: args.minProtocolVersion,
            },
          },
        ],
      },
    }),
    opts,
  );
}
