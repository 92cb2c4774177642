import type { Kubectl } from "./toolkit/kubectl";

/** What checks know about the two joined meshes. */
export interface Meshes {
  /** Hosts that the client calls. Checks that need one host use the first. */
  readonly hosts: readonly [string, ...string[]];
  /** Address of the server's ingress gateway. */
  readonly ingress: { readonly address: string; readonly port: number };
  /** Minimum TLS version that the ingress gateway accepts. */
  readonly minTlsVersion: "1.2" | "1.3";
  /** The trust anchor of both gateways (PEM), and of both meshes unless they use an existing Istio. */
  readonly rootCertPem: string;
  readonly server: ServerMesh;
  readonly client: ClientMesh;
  /** All clients that the server knows, among them `client`. */
  readonly knownClients: readonly [KnownClient, ...KnownClient[]];
  /** Intermediates of clients whose cluster does not have them, by the client's DNS name. Only the lab has their keys. */
  readonly otherIntermediates?: Readonly<Record<string, IntermediatePem>>;
  /** Whether the client's cluster must enforce NetworkPolicies. Otherwise, checks try it and are skipped if it does not. */
  readonly enforcesNetworkPolicy: boolean;
  /** Intercepts traffic between the meshes. Only the lab can. */
  readonly manInTheMiddle?: ManInTheMiddle;
  /** Where to search for private keys: state, logs, printed outputs. */
  readonly artifacts?: readonly Artifact[];
}

/** A cluster, and how to reach it. */
export interface Cluster {
  /** Name in messages: `server` or `client`. */
  readonly name: string;
  readonly kubectl: Kubectl;
}

/** A gateway's Deployment. */
export interface GatewayWorkload {
  readonly namespace: string;
  /** Name of the Deployment, and of its service account. */
  readonly name: string;
  /** Label selector of its pods, such as `istio=egressgateway`. */
  readonly selector: string;
  /** Name of the Secret with its certificate, in its namespace. */
  readonly credentialName: string;
}

/** What the server's policies say about a client. */
export interface KnownClient {
  /** DNS name that its certificate must contain. */
  readonly dnsName: string;
  /** Identity that its certificate must contain, with its scheme: `spiffe://…`. */
  readonly uri: string;
  /** Hosts that it may call. */
  readonly hosts: readonly string[];
  /** Whether the server refuses it for now. */
  readonly suspended: boolean;
}

/** An intermediate CA with its key (PEM). Kept in memory only. */
export interface IntermediatePem {
  readonly certPem: string;
  readonly privateKeyPem: string;
}

/** A mesh of one of the program's stacks. */
export interface Mesh extends Cluster {
  /** Whether its control plane and its CA were there before the stack. */
  readonly existingIstio: boolean;
  /** Whether its CA is under another root than the server's: an existing Istio, or a client that another server signs. */
  readonly hasOtherCa: boolean;
}

export interface ServerMesh extends Mesh {
  readonly ingressGateway: GatewayWorkload;
  /** Hosts that the server serves. */
  readonly hosts: readonly string[];
  /** The Service behind the first host. */
  readonly service: {
    readonly namespace: string;
    readonly host: string;
    readonly port: number;
    /** Whether the ingress gateway connects to it by the mesh's mutual TLS. */
    readonly isInMesh: boolean;
  };
}

export interface ClientMesh extends Mesh {
  /** Namespace of the application and of the test pod. */
  readonly namespace: string;
  readonly egressGateway: GatewayWorkload;
  /** Prefix of the names of the objects on the path to the server. */
  readonly objectPrefix: string;
  /** Minimum TLS version that the egress gateway accepts. */
  readonly minTlsVersion: "1.2" | "1.3";
  /** Names in the egress gateway's certificate. */
  readonly identity: {
    readonly dnsName: string;
    /** Identity with its scheme: `spiffe://…`. */
    readonly uri: string;
  };
}

/** Redirects the client mesh's connections from the real server to another one. */
export interface ManInTheMiddle {
  /** A local address on which the other server can listen. */
  readonly listenAddress: string;
  /**
   * Redirects connections for the ingress gateway to `port` on `listenAddress`. Also breaks open connections, because
   * gateways reuse them. Returns a function that undoes it.
   */
  readonly intercept: (port: number) => Promise<() => Promise<void>>;
}

/** A place that must not contain a private key: a file, a folder with everything in it, or a printed text. */
export type Artifact =
  | { readonly name: string; readonly path: string }
  | { readonly name: string; readonly text: string };
