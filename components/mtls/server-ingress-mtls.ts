import * as pulumi from "@pulumi/pulumi";

import { checkArgs } from "../../validation/args";
import { Component } from "../component";
import { gatewayCredential } from "./gateway-credential";
import { hostSlug } from "./host-slug";
import { admission } from "./server/admission";
import { gatewayToService } from "./server/gateway-to-service";
import { ingressService } from "./server/ingress-service";
import { listener } from "./server/listener";
import { serviceRoute } from "./server/service-route";
import { type ServerIngressMtlsArgs, serverIngressMtlsArgs } from "./server-ingress-args";

/**
 * Opens services of a mesh to the egress gateways of the admitted client meshes, and refuses all other clients.
 *
 * A shared root is not enough, because every workload certificate of each mesh chains to it. So the handshake requires
 * one of the clients' DNS names, and a policy per client requires its identity and the hosts that it may call.
 *
 * Two components on one gateway must not share a host: Istio ignores the newer listener, with all its hosts.
 *
 * @throws ArgsError when an argument is invalid
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/#configure-a-mutual-tls-ingress-gateway
 * @example
 * const ingress = new ServerIngressMtls(
 *   "partner-ingress",
 *   {
 *     gateway: {
 *       name: "partner-ingress",
 *       namespace: "partner-ingress",
 *       labels: { istio: "partner-ingress" },
 *     },
 *     exposure: { type: "LoadBalancer", sourceRanges: ["203.0.113.7/32"] },
 *     services: [{ host: "orders.example.com", namespace: "shop", service: "orders", port: 8080 }],
 *     clients: [
 *       {
 *         dnsName: "mesh.partner.example",
 *         principal: workloadPrincipal("mesh.partner.example", "shop", "egress-gateway"),
 *       },
 *     ],
 *     credential: {
 *       chainPem: certificates.serverLeaf.chainPem,
 *       privateKeyPem: certificates.serverLeaf.privateKeyPem,
 *       trustAnchorPem: certificates.trustAnchorPem,
 *     },
 *     minProtocolVersion: "TLSV1_3",
 *     transform: {
 *       destinationRule: (rule) => ({
 *         ...rule,
 *         spec: {
 *           ...rule.spec,
 *           trafficPolicy: {
 *             ...rule.spec.trafficPolicy,
 *             connectionPool: {
 *               ...rule.spec.trafficPolicy?.connectionPool,
 *               tcp: { maxConnections: 100 },
 *             },
 *           },
 *         },
 *       }),
 *     },
 *   },
 *   { providers: [provider] },
 * );
 */
export class ServerIngressMtls extends Component {
  /** Address that clients connect to: an IP address, or a DNS name in some clouds. */
  public readonly address: pulumi.Output<string>;
  /** All addresses that clients can connect to. Most clouds give one. */
  public readonly addresses: pulumi.Output<string[]>;
  /** Port that clients connect to. */
  public readonly port: pulumi.Output<number>;

  constructor(name: string, args: ServerIngressMtlsArgs, opts?: pulumi.ComponentResourceOptions) {
    const checked = checkArgs("ServerIngressMtls", name, serverIngressMtlsArgs(name, args), args);
    super("ServerIngressMtls", name, opts);
    const { gateway, transform = {} } = args;
    const { objectPrefix: prefix, credentialName = `${prefix}-credential`, serviceName } = checked;
    const metadata = (objectName: string) => ({ name: objectName, namespace: gateway.namespace });
    const hosts = args.services.map(({ host }) => host);

    const credential = gatewayCredential(
      `${name}-credential`,
      { ...args.credential, metadata: metadata(credentialName) },
      { parent: this },
    );
    const { metadata: listenerMetadata } = listener(
      `${name}-gateway`,
      {
        metadata: metadata(prefix),
        gateway,
        hosts,
        credentialName: credential.metadata.name,
        // Sorted, so that another order of the clients does not drain the listener's connections.
        clientNames: args.clients.map(({ dnsName }) => dnsName).sort(),
        minProtocolVersion: args.minProtocolVersion,
        transform: transform.gateway,
      },
      { parent: this },
    );
    admission(
      name,
      { gateway, objectPrefix: prefix, hosts, clients: args.clients },
      { parent: this },
    );
    for (const service of args.services) {
      const { host } = service;
      const slug = hostSlug(host);
      const serviceHost = `${service.service}.${service.namespace}.svc.${checked.clusterDomain}`;
      const rule = gatewayToService(
        `${name}-${slug}-rule`,
        {
          metadata: metadata(`${prefix}-${slug}`),
          gateway,
          service,
          serviceHost,
          transform: transform.destinationRule,
        },
        { parent: this },
      );
      serviceRoute(
        `${name}-${slug}-route`,
        {
          metadata: metadata(`${prefix}-${slug}`),
          host,
          serviceHost,
          servicePort: service.port,
          paths: service.routes ?? [{ path: "/" }],
          http2: service.http2 ?? false,
          listener: pulumi.interpolate`${gateway.namespace}/${listenerMetadata.name}`,
          transform: transform.virtualService,
        },
        // No request may take the route before its connections use the right TLS.
        { parent: this, dependsOn: rule },
      );
    }

    const endpoint = ingressService(
      `${name}-service`,
      { serviceName, gateway, exposure: args.exposure, transform: transform.service },
      { parent: this },
    );
    this.address = endpoint.address;
    this.addresses = endpoint.addresses;
    this.port = endpoint.port;
  }
}
