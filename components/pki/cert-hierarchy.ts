import * as pulumi from "@pulumi/pulumi";

import { GatewayLeaf } from "./gateway-leaf";
import { intermediateCert } from "./intermediate-cert";
import type { Issuer } from "./issuer";
import { type CertificateLifetimes, DEFAULT_LIFETIMES, lifetimeProblem } from "./lifetime";
import { RootCa } from "./root-ca";
import { SigningRequest } from "./signing-request";

/** A client mesh that gets an intermediate CA of its own. */
export interface ClientMesh {
  /** Name by which the server's configuration knows the client. */
  readonly name: string;
  /**
   * The client's own signing request (PKCS #10, PEM).
   *
   * @default the key is made here, and handed over as a secret
   */
  readonly signingRequestPem?: pulumi.Input<string> | undefined;
}

/** Inputs of {@link CertHierarchy}. */
export interface CertHierarchyArgs {
  /** Common name of the root, for people to know it by. */
  readonly rootCommonName: string;
  /** Hosts that the server's leaf names (DNS names). */
  readonly hosts: readonly string[];
  /** Client meshes, one intermediate each. */
  readonly clients: readonly ClientMesh[];
  /**
   * How long certificates live.
   *
   * @default 10 years, a year, 90 days
   */
  readonly lifetimes?: Partial<CertificateLifetimes>;
  /**
   * Whether the engine refuses to delete or replace the root's key.
   *
   * @default false
   */
  readonly protectRoot?: boolean;
}

/** The intermediate of one client mesh. */
export interface ClientIntermediate {
  readonly name: string;
  /** The intermediate's certificate (PEM). */
  readonly certPem: pulumi.Output<string>;
  /** Its private key (PEM), a secret; absent where the client made its own. */
  readonly privateKeyPem?: pulumi.Output<string>;
}

/**
 * The certificates of the server stack: one root, an intermediate CA per mesh, and the leaf of the server's
 * ingress gateway. The client's leaf is made by the client's stack, under the intermediate it is given.
 *
 * @throws Error when a certificate could outlive its issuer
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export class CertHierarchy extends pulumi.ComponentResource {
  /** The trust anchor (PEM). */
  public readonly rootCertPem: pulumi.Output<string>;
  /** The server mesh's intermediate CA. */
  public readonly serverCa: { readonly [Part in keyof Issuer]: pulumi.Output<string> };
  /** The ingress gateway's leaf. */
  public readonly serverLeaf: GatewayLeaf;
  /** The client meshes' intermediates. */
  public readonly clients: readonly ClientIntermediate[];

  constructor(name: string, args: CertHierarchyArgs, opts?: pulumi.ComponentResourceOptions) {
    const lifetimes = { ...DEFAULT_LIFETIMES, ...args.lifetimes };
    const problem = lifetimeProblem(lifetimes);
    if (problem !== undefined) throw new Error(`CertHierarchy: lifetimes: ${problem}`);
    super("mtls:index:CertHierarchy", name, {}, opts);
    const { rootHours, intermediateHours, leafHours } = lifetimes;

    const root = new RootCa(
      `${name}-root`,
      {
        commonName: args.rootCommonName,
        validityHours: rootHours,
        protectKey: args.protectRoot ?? false,
      },
      { parent: this },
    );
    const sign = (mesh: string, requestPem: pulumi.Input<string>) =>
      intermediateCert(
        `${name}-${mesh}-ca-cert`,
        { requestPem, issuer: root, validityHours: intermediateHours },
        { parent: this },
      ).certPem;
    const request = (mesh: string, meshName = mesh) =>
      new SigningRequest(
        `${name}-${mesh}-ca`,
        { commonName: intermediateCommonName(meshName) },
        { parent: this },
      );

    const server = request("server");
    this.rootCertPem = root.certPem;
    this.serverCa = {
      certPem: sign("server", server.requestPem),
      privateKeyPem: server.privateKeyPem,
    };
    this.serverLeaf = new GatewayLeaf(
      `${name}-server-leaf`,
      {
        usage: "server_auth",
        dnsNames: [...args.hosts],
        issuer: this.serverCa,
        validityHours: leafHours,
      },
      { parent: this },
    );
    this.clients = args.clients.map((client) => {
      const mesh = `client-${client.name}`;
      if (client.signingRequestPem !== undefined) {
        return { name: client.name, certPem: sign(mesh, client.signingRequestPem) };
      }
      const made = request(mesh, client.name);
      return {
        name: client.name,
        certPem: sign(mesh, made.requestPem),
        privateKeyPem: made.privateKeyPem,
      };
    });
    this.registerOutputs();
  }
}

/** What people see as the issuer of a mesh's certificates. */
export function intermediateCommonName(mesh: string): string {
  return `${mesh} intermediate CA`;
}
