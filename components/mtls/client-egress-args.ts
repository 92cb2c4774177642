import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { input } from "../../validation/args";
import {
  dnsName,
  nonEmptyList,
  objectName,
  oneOf,
  subdomainName,
  unique,
  uniqueBy,
} from "../../validation/fields";
import { type GatewayInput, gatewayInput } from "../istio/gateway-ref";
import type { DestinationRuleArgs } from "../istio/objects/destination-rule";
import type { GatewayArgs, TlsProtocol } from "../istio/objects/gateway";
import type { ServiceEntryArgs } from "../istio/objects/service-entry";
import type { VirtualServiceArgs } from "../istio/objects/virtual-service";
import type { Transform } from "../transform";
import { caller, type Caller, checkCallerHosts } from "./caller";
import { CLUSTER_DOMAIN } from "./cluster-domain";
import { type ServerEndpoint, serverEndpoint } from "./server-endpoint";
import { gatewayCredentialArgs, type GatewayCredentialArgs } from "./gateway-credential";

/** Inputs of `ClientEgressMtls` that programs in every language can set. */
export interface ClientEgressMtlsInputs {
  /** Namespace of the application that calls the server. */
  readonly namespace: pulumi.Input<string>;
  /**
   * Other namespaces with callers. The component writes nothing into them: it makes its objects visible to their sidecars.
   *
   * @default []
   */
  readonly callerNamespaces?: readonly string[];
  /** The egress gateway: a dedicated one in the application's namespace, or a shared one in another. */
  readonly gateway: GatewayInput;
  /** Where the gateway connects to the server mesh. */
  readonly server: ServerEndpoint;
  /** The client's certificate, and the root certificate that the server's certificate must chain to. */
  readonly credential: GatewayCredentialArgs;
  /** Workloads that may call through the gateway, and which hosts. */
  readonly callers: readonly Caller[];
  /**
   * Minimum TLS version of the connections to the server.
   *
   * @default "TLSV1_2"
   */
  readonly minProtocolVersion?: TlsProtocol;
  /**
   * Prefix of the names of the objects in the cluster (DNS label). Components that share a namespace or a gateway need
   * different prefixes. No prefix may start with another one and a hyphen.
   *
   * @default the component's name
   */
  readonly objectPrefix?: string;
  /**
   * The cluster's DNS domain, in which its Services have their names.
   *
   * @default "cluster.local"
   */
  readonly clusterDomain?: string;
  /**
   * Name of the Secret with the credential, in the gateway's namespace.
   *
   * @default the object prefix, followed by `-credential`
   */
  readonly credentialName?: string;
}

/** Changes to the objects of `ClientEgressMtls`. The objects that restrict callers cannot be changed. */
export interface ClientEgressTransforms {
  /** The ServiceEntry of the hosts. There is more than one if there are more than 256 hosts. */
  readonly serviceEntry?: Transform<ServiceEntryArgs>;
  /** The Gateway: the egress gateway's listener for the sidecars. */
  readonly gateway?: Transform<GatewayArgs>;
  /** The DestinationRule of the connections from the sidecars to the gateway. */
  readonly destinationRuleToGateway?: Transform<DestinationRuleArgs>;
  /** For each host, the DestinationRule of the connections from the gateway to the server. */
  readonly destinationRuleToServer?: Transform<DestinationRuleArgs>;
  /**
   * For each host, the VirtualService. Its route `to-egress-gateway` is for the sidecars, `to-server` for the gateway. The routes
   * `…-websocket` before them are for WebSockets.
   */
  readonly virtualService?: Transform<VirtualServiceArgs>;
}

/** Inputs of `ClientEgressMtls`. */
export interface ClientEgressMtlsArgs extends ClientEgressMtlsInputs {
  /**
   * Changes to the objects that the component makes.
   *
   * @default {}
   */
  readonly transform?: ClientEgressTransforms;
}

/** Checks {@link ClientEgressMtlsArgs} of the component `name`. */
export function clientEgressMtlsArgs(name: string) {
  return z
    .looseObject({
      namespace: input(objectName),
      callerNamespaces: z.array(objectName).readonly().superRefine(unique).default([]),
      gateway: gatewayInput,
      server: serverEndpoint,
      credential: gatewayCredentialArgs,
      callers: nonEmptyList(
        caller,
        "name at least one identity that may call the server",
      ).superRefine(uniqueBy("principal")),
      minProtocolVersion: oneOf("TLSV1_2", "TLSV1_3").optional(),
      objectPrefix: objectName.prefault(name),
      clusterDomain: dnsName.default(CLUSTER_DOMAIN),
      credentialName: subdomainName.optional(),
    })
    .superRefine(({ server, callers }, context) => {
      checkCallerHosts(server.hosts, callers, context);
    });
}
