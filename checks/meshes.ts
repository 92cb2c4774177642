import type { Kubectl } from "./toolkit/kubectl";

/** What checks may use of two meshes that are joined. */
export interface Meshes {
  /** Hosts that the client calls; the first is used where one is enough. */
  readonly hosts: readonly [string, ...string[]];
  /** Where the server mesh is entered. */
  readonly ingress: { readonly address: string; readonly port: number };
  /** Lowest TLS version that the ingress gateway accepts. */
  readonly minTlsVersion: "1.2" | "1.3";
  /** The trust anchor of both meshes (PEM). */
  readonly rootCertPem: string;
  readonly server: ServerMesh;
  readonly client: ClientMesh;
  /** Whether the client's cluster enforces NetworkPolicies. */
  readonly enforcesNetworkPolicy: boolean;
  /** Stands between the client mesh and the server, where someone can. */
  readonly manInTheMiddle?: ManInTheMiddle;
  /** What running the program left: state, logs, shown outputs. */
  readonly artifacts?: readonly Artifact[];
}

/** A cluster, and how to reach it. */
export interface Cluster {
  /** How the report names it. */
  readonly name: string;
  readonly kubectl: Kubectl;
}

/** A gateway's place in its cluster. */
export interface GatewayPlace {
  readonly namespace: string;
  /** Name of its Deployment and service account. */
  readonly name: string;
  /** Label selector of its pods, such as `istio=egressgateway`. */
  readonly selector: string;
  /** Secret with its certificate, in its namespace. */
  readonly credentialName: string;
}

export interface ServerMesh extends Cluster {
  readonly ingressGateway: GatewayPlace;
  /** The Service behind the first host. */
  readonly service: { readonly namespace: string; readonly host: string; readonly port: number };
}

export interface ClientMesh extends Cluster {
  /** Namespace of the application, where the test pod is. */
  readonly namespace: string;
  readonly egressGateway: GatewayPlace;
  /** What the egress gateway's certificate says it is. */
  readonly identity: {
    readonly dnsName: string;
    /** The identity with its scheme: `spiffe://…`. */
    readonly uri: string;
  };
}

/** Puts another server in the place of the real one, for the client mesh alone. */
export interface ManInTheMiddle {
  /** A local address on which that server may listen. */
  readonly listenAddress: string;
  /**
   * Sends the client mesh's connections to the ingress to `port` of `listenAddress`, and breaks those that are open, since
   * gateways keep connections for later requests. Returns how to undo it.
   */
  readonly intercept: (port: number) => Promise<() => Promise<void>>;
}

/** Something in which no private key may be found: a file, a folder with all that is in it, or a text that was shown. */
export type Artifact =
  | { readonly name: string; readonly path: string }
  | { readonly name: string; readonly text: string };
