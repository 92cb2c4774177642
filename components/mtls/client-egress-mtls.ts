import * as pulumi from "@pulumi/pulumi";

import { gatewayCredential, type GatewayCredentialArgs } from "./gateway-credential";
import { AuthorizationPolicy } from "../istio/objects/authorization-policy";
import { DestinationRule } from "../istio/objects/destination-rule";
import { EnvoyFilter } from "../istio/objects/envoy-filter";
import { Gateway } from "../istio/objects/gateway";
import { ServiceEntry } from "../istio/objects/service-entry";
import { VirtualService } from "../istio/objects/virtual-service";
import type { GatewayInput } from "../istio/istio-gateway";
import { slug } from "./host-slug";

/** Where the server mesh is entered. */
export interface ServerEndpoint {
  /** IP address or DNS name of its ingress. */
  readonly address: pulumi.Input<string>;
  /** Port of its ingress. */
  readonly port: pulumi.Input<number>;
  /** Hosts that it serves (DNS names); its certificate must name them. */
  readonly hosts: readonly string[];
}

/** Inputs of {@link ClientEgressMtls}. */
export interface ClientEgressMtlsArgs {
  /** Namespace of the application that calls the server. */
  readonly namespace: pulumi.Input<string>;
  /** The egress gateway: dedicated in that namespace, or shared in another. */
  readonly gateway: GatewayInput;
  /** Where the server mesh is entered. */
  readonly server: ServerEndpoint;
  /** The client's certificate and the trust anchor of the server. */
  readonly credential: GatewayCredentialArgs;
  /** Identities that may call through the gateway, without `spiffe://`. */
  readonly callers: pulumi.Input<string>[];
}

/** Port on which applications call, in plain HTTP: their sidecar takes it from there. */
const HTTP = 80;
/** Port of the egress gateway for its own mesh. */
const GATEWAY = 443;

/**
 * The way from a client mesh to a server mesh: sidecar → egress gateway (the mesh's own mutual TLS) → server (mutual
 * TLS with the client's certificate). The application speaks plain HTTP and holds no certificate.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway-tls-origination/
 */
export class ClientEgressMtls extends pulumi.ComponentResource {
  constructor(name: string, args: ClientEgressMtlsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("mtls:index:ClientEgressMtls", name, {}, opts);
    const { gateway, server } = args;
    const hosts = [...server.hosts];
    const atGateway = (objectName: string) => ({ name: objectName, namespace: gateway.namespace });
    const atApplication = (objectName: string) => ({ name: objectName, namespace: args.namespace });
    const gatewayHost = pulumi.interpolate`${gateway.name}.${gateway.namespace}.svc.cluster.local`;

    const seenBy = visibility(args.namespace, gateway.namespace);

    // The server's address, with nothing in the sidecars that could connect to it: Istio gives every proxy that sees a
    // ServiceEntry a cluster for it, and in a sidecar that would be plaintext to the server. The filter goes first and stays last.
    const noWayAround = new EnvoyFilter(
      `${name}-no-way-around`,
      {
        metadata: atApplication("server-egress-no-way-around"),
        spec: {
          configPatches: hosts.map((host) => ({
            applyTo: "CLUSTER",
            match: { context: "SIDECAR_OUTBOUND", cluster: { service: host } },
            patch: { operation: "REMOVE" },
          })),
        },
      },
      { parent: this },
    );
    const entry = new ServiceEntry(
      `${name}-entry`,
      {
        metadata: atApplication("server-egress"),
        spec: {
          hosts,
          exportTo: seenBy,
          location: "MESH_EXTERNAL",
          resolution: pulumi.output(server.address).apply(resolution),
          ports: [{ number: HTTP, name: "http", protocol: "HTTP", targetPort: server.port }],
          endpoints: [{ address: server.address }],
        },
      },
      { parent: this, dependsOn: noWayAround },
    );

    // From the sidecars to the egress gateway. Beside it, in a dedicated gateway's namespace, is one per host: a host's
    // slug has a dash, "gateway" has none.
    const toGateway = new DestinationRule(
      `${name}-to-gateway`,
      {
        metadata: atApplication("server-egress-gateway"),
        spec: {
          host: gatewayHost,
          exportTo: ["."],
          subsets: hosts.map((host) => ({
            name: slug(host),
            trafficPolicy: { tls: { mode: "ISTIO_MUTUAL", sni: host } },
          })),
        },
      },
      { parent: this },
    );
    const listener = new Gateway(
      `${name}-gateway`,
      {
        metadata: atGateway("server-egress"),
        spec: {
          selector: gateway.labels,
          servers: [
            {
              port: { number: GATEWAY, name: "https-mesh", protocol: "HTTPS" },
              hosts,
              tls: { mode: "ISTIO_MUTUAL" },
            },
          ],
        },
      },
      { parent: this },
    );
    // DENY, so that a shared gateway's other users are left alone. Mutual TLS is forced, so every caller has a principal.
    const callersOnly = new AuthorizationPolicy(
      `${name}-callers-only`,
      {
        metadata: atGateway("server-egress-callers-only"),
        spec: {
          selector: { matchLabels: gateway.labels },
          action: "DENY",
          rules: [
            {
              from: [{ source: { notPrincipals: args.callers } }],
              to: [{ operation: { hosts: hosts.flatMap((host) => [host, `${host}:*`]) } }],
            },
          ],
        },
      },
      { parent: this },
    );

    // From the egress gateway to the server.
    const credential = gatewayCredential(
      `${name}-credential`,
      { ...args.credential, metadata: atGateway("client-credential") },
      { parent: this },
    );
    for (const host of hosts) {
      const originate = new DestinationRule(
        `${name}-${slug(host)}-originate`,
        {
          metadata: atGateway(`server-egress-${slug(host)}`),
          spec: {
            host,
            exportTo: ["."],
            workloadSelector: { matchLabels: gateway.labels },
            trafficPolicy: {
              tls: {
                mode: "MUTUAL",
                credentialName: credential.metadata.name,
                sni: host,
                subjectAltNames: [host],
              },
            },
          },
        },
        { parent: this },
      );
      const gatewayName = pulumi.interpolate`${gateway.namespace}/${listener.metadata.name}`;
      new VirtualService(
        `${name}-${slug(host)}-route`,
        {
          metadata: atApplication(`server-egress-${slug(host)}`),
          spec: {
            hosts: [host],
            gateways: ["mesh", gatewayName],
            exportTo: seenBy,
            http: [
              {
                name: "to-egress-gateway",
                match: [{ gateways: ["mesh"], port: HTTP }],
                route: [
                  {
                    destination: {
                      host: gatewayHost,
                      subset: slug(host),
                      port: { number: GATEWAY },
                    },
                  },
                ],
              },
              {
                name: "to-server",
                match: [{ gateways: [gatewayName], port: GATEWAY }],
                route: [{ destination: { host, port: { number: HTTP } } }],
              },
            ],
          },
        },
        // Never a route whose next hop is not yet told to be mutual TLS, or open to everyone.
        { parent: this, dependsOn: [entry, toGateway, originate, callersOnly] },
      );
    }
    this.registerOutputs();
  }
}

/** The application's own namespace and the gateway's; Istio refuses a namespace that is named twice. */
function visibility(application: pulumi.Input<string>, gateway: pulumi.Input<string>) {
  return pulumi
    .all([application, gateway])
    .apply(([here, there]) => (here === there ? ["."] : [".", there]));
}

/** How Envoy finds a server at `address`. */
export function resolution(address: string): "STATIC" | "DNS" {
  return isIp(address) ? "STATIC" : "DNS";
}

function isIp(address: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(address) || address.includes(":");
}
