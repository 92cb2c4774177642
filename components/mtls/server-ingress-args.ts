import { z } from "zod";

import {
  dnsName,
  flag,
  hostName,
  nonEmptyList,
  objectName,
  oneOf,
  principal,
  serviceName,
  subdomainName,
  uniqueBy,
} from "../../validation/fields";
import { type GatewayInput, gatewayInput } from "../istio/gateway-ref";
import type { DestinationRuleArgs } from "../istio/objects/destination-rule";
import type { GatewayArgs, TlsProtocol } from "../istio/objects/gateway";
import type { VirtualServiceArgs } from "../istio/objects/virtual-service";
import type { Transform } from "../transform";
import { checkClientHosts, clientHosts } from "./client-hosts";
import { CLUSTER_DOMAIN } from "./cluster-domain";
import { checkSameTls, type ExposedService, exposedService } from "./exposed-service";
import { gatewayCredentialArgs, type GatewayCredentialArgs } from "./gateway-credential";
import { type IngressExposure, ingressExposure } from "./server/exposure";
import type { GatewayServiceArgs } from "./server/ingress-service";

/** A client mesh that may call the services. */
export interface AdmittedClient {
  /** DNS name (SAN) in the certificate of the client's gateway. */
  readonly dnsName: string;
  /** Identity in the certificate of the client's gateway, as `TRUST-DOMAIN/ns/NAMESPACE/sa/SERVICE-ACCOUNT`. */
  readonly principal: string;
  /**
   * Hosts that the client may call. For other hosts, the gateway answers with 403.
   *
   * @default the host of every service
   */
  readonly hosts?: readonly string[];
  /**
   * Whether the client is refused for now: the gateway answers all its requests with 403, and a body that says so.
   *
   * @default false
   */
  readonly suspended?: boolean;
}

/** Inputs of `ServerIngressMtls` that programs in every language can set. */
export interface ServerIngressMtlsInputs {
  /** The ingress gateway. */
  readonly gateway: GatewayInput;
  /** How the gateway is reached from outside the cluster. */
  readonly exposure: IngressExposure;
  /** Services that clients may call. */
  readonly services: readonly ExposedService[];
  /** Clients that may call the services. All others are refused. */
  readonly clients: readonly AdmittedClient[];
  /** The server's certificate, and the root certificate that the clients' certificates must chain to. */
  readonly credential: GatewayCredentialArgs;
  /** Minimum TLS version. */
  readonly minProtocolVersion: TlsProtocol;
  /**
   * Prefix of the names of the Istio objects in the cluster (DNS label). Components that share a namespace need
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
  /**
   * Name of the Service that exposes the gateway, in the gateway's namespace.
   *
   * @default the object prefix
   */
  readonly serviceName?: string;
}

/** Changes to the objects of `ServerIngressMtls`. The policies that admit clients cannot be changed. */
export interface ServerIngressTransforms {
  /** The Gateway: the ingress gateway's listener. */
  readonly gateway?: Transform<GatewayArgs>;
  /** For each service, the DestinationRule of the connections from the gateway. */
  readonly destinationRule?: Transform<DestinationRuleArgs>;
  /** For each service, the VirtualService. */
  readonly virtualService?: Transform<VirtualServiceArgs>;
  /** The Service that exposes the gateway. */
  readonly service?: Transform<GatewayServiceArgs>;
}

/** Inputs of `ServerIngressMtls`. */
export interface ServerIngressMtlsArgs extends ServerIngressMtlsInputs {
  /**
   * Changes to the objects that the component makes.
   *
   * @default {}
   */
  readonly transform?: ServerIngressTransforms;
}

/** Checks {@link ServerIngressMtlsArgs} of the component `name`. */
export function serverIngressMtlsArgs(
  name: string,
  { objectPrefix = name }: ServerIngressMtlsArgs,
) {
  return z
    .looseObject({
      gateway: gatewayInput,
      exposure: ingressExposure,
      services: nonEmptyList(exposedService, "name at least one service for clients to call")
        .superRefine(uniqueBy("host"))
        .superRefine(checkSameTls),
      clients: nonEmptyList(
        z.looseObject({
          dnsName: hostName,
          principal,
          hosts: clientHosts.optional(),
          suspended: flag.optional(),
        }),
        // To Istio, an empty list of names means no check: each certificate of the root would pass.
        "name at least one client to admit",
      )
        .superRefine(uniqueBy("dnsName"))
        .superRefine(uniqueBy("principal")),
      credential: gatewayCredentialArgs,
      minProtocolVersion: oneOf("TLSV1_2", "TLSV1_3"),
      objectPrefix: objectName.prefault(objectPrefix),
      clusterDomain: dnsName.default(CLUSTER_DOMAIN),
      credentialName: subdomainName.optional(),
      serviceName: serviceName.prefault(objectPrefix),
    })
    .superRefine(checkClientHosts);
}
