import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { checkArgs, input } from "../../validation/args";
import {
  commonName,
  dnsName,
  nonEmptyList,
  objectName,
  unique,
  uniqueBy,
} from "../../validation/fields";
import { Component } from "../component";
import { GatewayLeaf } from "./gateway-leaf";
import { intermediateCert, intermediateCommonName } from "./intermediate-cert";
import type { Issuer } from "./issuer";
import { type CertificateLifetimes, certificateLifetimes } from "./lifetimes";
import { RootCa } from "./root-ca";
import { SigningRequest } from "./signing-request";
import { checkIntermediateNames, signingRequestPem } from "./signing-request-pem";

/** A client mesh that gets its own intermediate CA. */
export interface ClientMesh {
  /** Name of the client in the server's configuration (DNS label). */
  readonly name: string;
  /**
   * The client's own signing request (PKCS #10, PEM).
   *
   * @default the component makes the key, and returns it as a secret
   */
  readonly signingRequestPem?: pulumi.Input<string> | undefined;
}

/** Inputs of {@link CertHierarchy}. */
export interface CertHierarchyArgs {
  /** Common name of the root, at most 64 characters. People recognize the root by it; nothing checks it. */
  readonly rootCommonName: string;
  /** Hosts that the server's leaf names (DNS names). */
  readonly hosts: readonly string[];
  /** Client meshes. Each gets an intermediate CA. */
  readonly clients: readonly ClientMesh[];
  /**
   * How long certificates are valid, in hours. Each is at most a third of its issuer's.
   *
   * @default 87600 for the root (10 years), 8760 for intermediates (1 year), 2160 for leaves (90 days)
   */
  readonly lifetimes?: Partial<CertificateLifetimes>;
  /**
   * Whether Pulumi refuses to delete or replace the root's key. The option `protect` does the same for all keys.
   *
   * @default false
   */
  readonly protectRoot?: boolean;
}

const certHierarchyArgs = z.looseObject({
  rootCommonName: commonName,
  hosts: nonEmptyList(dnsName, "name at least one host").superRefine(unique),
  clients: z
    .array(
      z.looseObject({ name: objectName, signingRequestPem: input(signingRequestPem).optional() }),
    )
    .superRefine(uniqueBy("name"))
    .superRefine(checkIntermediateNames),
  lifetimes: certificateLifetimes.prefault({}),
});

/** The intermediate CA of one client mesh. */
export interface ClientIntermediate {
  /** Name of the client. */
  readonly name: string;
  /** The intermediate's certificate (PEM). */
  readonly certPem: pulumi.Output<string>;
  /** Its private key (PEM), a secret. Absent when the client made the key. */
  readonly privateKeyPem?: pulumi.Output<string>;
}

/**
 * The certificates of the server stack: one root, an intermediate CA for each mesh, and the leaf of the server's
 * ingress gateway. The client's stack makes the client's leaf, under the intermediate that it gets.
 *
 * @throws ArgsError when an argument is invalid
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 * @example
 * const certificates = new CertHierarchy("certs", {
 *   rootCommonName: "example.com",
 *   hosts: ["orders.example.com"],
 *   clients: [{ name: "partner" }],
 * });
 */
export class CertHierarchy extends Component {
  /** The root certificate: trust anchor of all meshes (PEM). */
  public readonly trustAnchorPem: pulumi.Output<string>;
  /** The server mesh's intermediate CA. */
  public readonly serverCa: { readonly [Part in keyof Issuer]: pulumi.Output<string> };
  /** The ingress gateway's leaf. */
  public readonly serverLeaf: GatewayLeaf;
  /** The client meshes' intermediate CAs. */
  public readonly clients: readonly ClientIntermediate[];

  constructor(name: string, args: CertHierarchyArgs, opts?: pulumi.ComponentResourceOptions) {
    const { rootHours, intermediateHours, leafHours } = checkArgs(
      "CertHierarchy",
      name,
      certHierarchyArgs,
      args,
    ).lifetimes;
    super("CertHierarchy", name, opts);

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
    this.trustAnchorPem = root.certPem;
    this.serverCa = {
      certPem: sign("server", server.requestPem),
      privateKeyPem: server.privateKeyPem,
    };
    this.serverLeaf = new GatewayLeaf(
      `${name}-server-leaf`,
      {
        usage: "server_auth",
        dnsNames: args.hosts,
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
  }
}
