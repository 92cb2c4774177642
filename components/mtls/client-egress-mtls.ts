import * as pulumi from "@pulumi/pulumi";

import { checkArgs } from "../../validation/args";
import { Component } from "../component";
import { callersOnly } from "./client/callers-only";
import { gatewayListener } from "./client/gateway-listener";
import { gatewayToServer } from "./client/gateway-to-server";
import { hostRoute } from "./client/host-route";
import { newestTlsOnly } from "./client/newest-tls-only";
import { noBypass } from "./client/no-bypass";
import { serverEntries } from "./client/server-entry";
import { sidecarToGateway } from "./client/sidecar-to-gateway";
import { visibility } from "./client/visibility";
import { type ClientEgressMtlsArgs, clientEgressMtlsArgs } from "./client-egress-args";
import { gatewayCredential } from "./gateway-credential";
import { hostSlug } from "./host-slug";

/**
 * The path from an application in a client mesh to a server mesh. The application calls in plain HTTP and holds no
 * certificate. Its sidecar connects to the egress gateway by the mesh's own mutual TLS, and the gateway connects to the
 * server by mutual TLS with the client's certificate.
 *
 * Two components must not share a host in one namespace or on one gateway: Istio ignores the newer listener, with all
 * its hosts, and the newer route. To call a host from several namespaces, use `callerNamespaces`.
 *
 * @throws ArgsError when an argument is invalid
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway-tls-origination/
 * @example
 * new ClientEgressMtls(
 *   "orders",
 *   {
 *     namespace: "shop",
 *     gateway: { name: "egress-gateway", namespace: "shop", labels: { istio: "egress-gateway" } },
 *     server: { address: "203.0.113.64", port: 443, hosts: ["orders.example.com"] },
 *     credential: {
 *       chainPem: leaf.chainPem,
 *       privateKeyPem: leaf.privateKeyPem,
 *       trustAnchorPem,
 *     },
 *     callers: [{ principal: workloadPrincipal("mesh.partner.example", "shop", "web") }],
 *     transform: {
 *       virtualService: (route) => ({
 *         ...route,
 *         spec: {
 *           ...route.spec,
 *           http: route.spec.http.map((hop) => ({ ...hop, timeout: "10s" })),
 *         },
 *       }),
 *     },
 *   },
 *   { providers: [provider] },
 * );
 */
export class ClientEgressMtls extends Component {
  constructor(name: string, args: ClientEgressMtlsArgs, opts?: pulumi.ComponentResourceOptions) {
    const checked = checkArgs("ClientEgressMtls", name, clientEgressMtlsArgs(name), args);
    super("ClientEgressMtls", name, opts);
    const { gateway, server, transform = {} } = args;
    const { hosts } = server;
    const {
      objectPrefix: prefix,
      credentialName = `${prefix}-credential`,
      clusterDomain,
      callerNamespaces,
    } = checked;
    const inApplication = (objectName: string) => ({
      name: objectName,
      namespace: args.namespace,
    });
    const inGateway = (objectName: string) => ({ name: objectName, namespace: gateway.namespace });
    const gatewayHost = pulumi.interpolate`${gateway.name}.${gateway.namespace}.svc.${clusterDomain}`;
    const exportTo = visibility(args.namespace, [gateway.namespace, ...callerNamespaces]);
    // Sidecars of other namespaces find only the rules in the namespace of the gateway's Service.
    const ruleNamespace = callerNamespaces.length > 0 ? gateway.namespace : args.namespace;

    const filters = noBypass(
      `${name}-no-way-around`,
      {
        objectName: `${prefix}-no-way-around`,
        namespace: args.namespace,
        callerNamespaces,
        hosts,
      },
      { parent: this },
    );
    const entries = serverEntries(
      `${name}-entry`,
      {
        metadata: (suffix) => inApplication(`${prefix}${suffix}`),
        server,
        exportTo,
        transform: transform.serviceEntry,
      },
      // Sidecars must never have the entries' clusters, neither while they are created nor while they are deleted.
      { parent: this, dependsOn: filters },
    );
    const toGateway = sidecarToGateway(
      `${name}-to-gateway`,
      {
        // A DestinationRule of a host may be in the same namespace. Its name differs: a host's slug contains a hyphen.
        metadata: { name: `${prefix}-gateway`, namespace: ruleNamespace },
        gatewayHost,
        hosts,
        exportTo: visibility(ruleNamespace, [args.namespace, ...callerNamespaces]),
        transform: transform.destinationRuleToGateway,
      },
      { parent: this },
    );
    const listener = gatewayListener(
      `${name}-gateway`,
      { metadata: inGateway(prefix), gateway, hosts, transform: transform.gateway },
      { parent: this },
    );
    const policy = callersOnly(
      `${name}-callers-only`,
      { metadata: inGateway(`${prefix}-callers-only`), gateway, hosts, callers: args.callers },
      { parent: this },
    );
    const credential = gatewayCredential(
      `${name}-credential`,
      { ...args.credential, metadata: inGateway(credentialName) },
      { parent: this },
    );
    if (args.minProtocolVersion === "TLSV1_3") {
      newestTlsOnly(
        `${name}-newest-tls-only`,
        { metadata: inGateway(`${prefix}-newest-tls-only`), gateway, hosts },
        { parent: this },
      );
    }
    for (const host of hosts) {
      const slug = hostSlug(host);
      const toServer = gatewayToServer(
        `${name}-${slug}-originate`,
        {
          metadata: inGateway(`${prefix}-${slug}`),
          gateway,
          host,
          credentialName: credential.metadata.name,
          addresses: 1 + (server.alternatives?.length ?? 0),
          transform: transform.destinationRuleToServer,
        },
        { parent: this },
      );
      hostRoute(
        `${name}-${slug}-route`,
        {
          metadata: inApplication(`${prefix}-${slug}`),
          host,
          gatewayHost,
          listener: pulumi.interpolate`${gateway.namespace}/${listener.metadata.name}`,
          exportTo,
          transform: transform.virtualService,
        },
        // No request may take the route before each hop uses mutual TLS and the gateway restricts its callers.
        { parent: this, dependsOn: [...entries, toGateway, toServer, policy] },
      );
    }
  }
}
