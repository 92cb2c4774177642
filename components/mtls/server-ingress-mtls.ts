import * as pulumi from "@pulumi/pulumi";

import { type IngressExposure, ingressService } from "./ingress-service";
import { AuthorizationPolicy } from "../istio/objects/authorization-policy";
import { DestinationRule } from "../istio/objects/destination-rule";
import { Gateway, type TlsProtocol } from "../istio/objects/gateway";
import { VirtualService } from "../istio/objects/virtual-service";
import type { GatewayInput } from "../istio/istio-gateway";
import { gatewayCredential, type GatewayCredentialArgs } from "./gateway-credential";
import { slug } from "./host-slug";

/** A service that clients may call. */
export interface ExposedService {
  /** Host that clients ask for (DNS name); the server's certificate names it. */
  readonly host: string;
  /** Namespace of the Service. */
  readonly namespace: string;
  /** Name of the Service. */
  readonly service: string;
  /** Port of the Service. */
  readonly port: number;
}

/** A client mesh that may enter. */
export interface AdmittedClient {
  /** DNS name (SAN) in its gateway's certificate. */
  readonly dnsName: string;
  /** Identity in its gateway's certificate, without `spiffe://`: `trust-domain/ns/namespace/sa/account`. */
  readonly principal: string;
}

/** Inputs of {@link ServerIngressMtls}. */
export interface ServerIngressMtlsArgs {
  /** The ingress gateway. */
  readonly gateway: GatewayInput;
  /** How the gateway is reached from outside the cluster. */
  readonly exposure: IngressExposure;
  /** Services that clients may call. */
  readonly services: readonly ExposedService[];
  /** Clients that may call them; no one else may. */
  readonly clients: readonly AdmittedClient[];
  /** The server's certificate and the trust anchor of its clients. */
  readonly credential: GatewayCredentialArgs;
  /** Lowest TLS version accepted. */
  readonly minProtocolVersion: TlsProtocol;
}

/** Port on which the gateway's Envoy, its Service and the load balancer listen. */
const HTTPS = 443;

/**
 * Opens the mesh to the gateways of admitted client meshes, and to no one else.
 *
 * A shared root proves too little: each workload certificate of either mesh chains to it. So the handshake asks for
 * one of the clients' DNS names, and behind it the policy asks for the identity that goes with it.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/#configure-a-mutual-tls-ingress-gateway
 */
export class ServerIngressMtls extends pulumi.ComponentResource {
  /** Address that clients connect to: an IP address, or a DNS name where the cloud gives one. */
  public readonly address: pulumi.Output<string>;
  /** Port that clients connect to. */
  public readonly port: pulumi.Output<number>;

  constructor(name: string, args: ServerIngressMtlsArgs, opts?: pulumi.ComponentResourceOptions) {
    if (args.services.length === 0) {
      throw new Error("ServerIngressMtls: services is empty: name at least one service to offer");
    }
    if (args.clients.length === 0) {
      // To Istio an empty list of names is no list: every certificate of the root would pass.
      throw new Error("ServerIngressMtls: clients is empty: name at least one client to admit");
    }
    super("mtls:index:ServerIngressMtls", name, {}, opts);
    const { gateway } = args;
    const here = (objectName: string) => ({ name: objectName, namespace: gateway.namespace });
    const hosts = args.services.map(({ host }) => host);

    const credential = gatewayCredential(
      `${name}-credential`,
      { ...args.credential, metadata: here("server-credential") },
      { parent: this },
    );
    const listener = new Gateway(
      `${name}-gateway`,
      {
        metadata: here("server-ingress"),
        spec: {
          selector: gateway.labels,
          servers: [
            {
              port: { number: HTTPS, name: "https-mtls", protocol: "HTTPS" },
              hosts,
              tls: {
                mode: "MUTUAL",
                credentialName: credential.metadata.name,
                subjectAltNames: args.clients.map(({ dnsName }) => dnsName),
                minProtocolVersion: args.minProtocolVersion,
              },
            },
          ],
        },
      },
      { parent: this },
    );
    new AuthorizationPolicy(
      `${name}-admitted`,
      {
        metadata: here("server-ingress-admitted"),
        spec: {
          selector: { matchLabels: gateway.labels },
          action: "ALLOW",
          rules: [
            {
              from: [{ source: { principals: args.clients.map(({ principal }) => principal) } }],
              to: [{ operation: { hosts: hosts.flatMap((host) => [host, `${host}:*`]) } }],
            },
          ],
        },
      },
      { parent: this },
    );
    const gatewayName = pulumi.interpolate`${gateway.namespace}/${listener.metadata.name}`;
    for (const { host, namespace, service, port } of args.services) {
      const target = `${service}.${namespace}.svc.cluster.local`;
      const rule = new DestinationRule(
        `${name}-${slug(host)}-rule`,
        {
          metadata: here(`server-ingress-${slug(host)}`),
          spec: {
            host: target,
            exportTo: ["."],
            trafficPolicy: { tls: { mode: "ISTIO_MUTUAL" } },
          },
        },
        { parent: this },
      );
      new VirtualService(
        `${name}-${slug(host)}-route`,
        {
          metadata: here(`server-ingress-${slug(host)}`),
          spec: {
            hosts: [host],
            gateways: [gatewayName],
            exportTo: ["."],
            http: [
              {
                name: "to-service",
                match: [
                  {
                    gateways: [gatewayName],
                    port: HTTPS,
                  },
                ],
                route: [{ destination: { host: target, port: { number: port } } }],
              },
            ],
          },
        },
        // Never a route whose connections are not yet told to be mutual TLS.
        { parent: this, dependsOn: rule },
      );
    }

    const ingress = ingressService(this, `${name}-service`, gateway, args.exposure);
    this.address = ingress.address;
    this.port = ingress.port;
    this.registerOutputs();
  }
}
