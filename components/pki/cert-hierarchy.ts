import * as pulumi from "@pulumi/pulumi";

import { checkArgs } from "../../validation/args";
import { Component } from "../component";
import { type CertHierarchyArgs, certHierarchyArgs, type ClientMesh } from "./cert-hierarchy-args";
import { draftIssuer } from "./draft-issuer";
import { GatewayLeaf } from "./gateway-leaf";
import { intermediateCert, intermediateCommonName } from "./intermediate-cert";
import type { Issuer } from "./issuer";
import { type MeshNames, permittedNames } from "./permitted-names";
import { revocationLists } from "./revocation-lists";
import { RootCa } from "./root-ca";
import { SigningRequest } from "./signing-request";

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
 *   trustDomain: "mesh.example.com",
 *   clients: [
 *     { name: "partner", dnsName: "mesh.partner.example", trustDomain: "mesh.partner.example" },
 *   ],
 * });
 */
export class CertHierarchy extends Component {
  /** The trust anchors of all meshes (PEM): the root that signs, followed by the other roots. */
  public readonly trustAnchorPem: pulumi.Output<string>;
  /** The server mesh's intermediate CA. */
  public readonly serverCa: { readonly [Part in keyof Issuer]: pulumi.Output<string> };
  /** The ingress gateway's leaf. */
  public readonly serverLeaf: GatewayLeaf;
  /** The client meshes' intermediate CAs. */
  public readonly clients: readonly ClientIntermediate[];
  /** The revocation lists of all CAs (PEM). Absent when nothing is revoked. */
  public readonly crlPem?: pulumi.Output<string>;

  constructor(name: string, args: CertHierarchyArgs, opts?: pulumi.ComponentResourceOptions) {
    const checked = checkArgs("CertHierarchy", name, certHierarchyArgs, args);
    const { trustedRoots, signingRoot } = checked;
    const { rootHours, intermediateHours, leafHours } = checked.lifetimes;
    super("CertHierarchy", name, opts);

    const makeRoot = (number: number) =>
      new RootCa(
        `${name}-${rootId(number)}`,
        {
          number,
          commonName: args.rootCommonName,
          validityHours: rootHours,
          protectKey: args.protectRoot ?? false,
        },
        { parent: this },
      );
    const root = makeRoot(signingRoot);
    const others = trustedRoots.filter((number) => number !== signingRoot);
    const roots = [root, ...others.map(makeRoot)];
    const drafts = draftIssuer(`${name}-drafts`, rootHours, { parent: this });
    const serverNames = { dnsNames: args.hosts, trustDomain: args.trustDomain };
    const meshes = [serverNames, ...args.clients.map(namesOf)];
    const sign = (mesh: string, requestPem: pulumi.Input<string>, names: MeshNames) =>
      intermediateCert(
        `${name}-${mesh}-ca`,
        {
          requestPem,
          drafts,
          root,
          permitted: permittedNames(names, meshes),
          validityHours: intermediateHours,
        },
        { parent: this },
      );
    const request = (mesh: string, meshName = mesh) =>
      new SigningRequest(
        `${name}-${mesh}-ca`,
        { commonName: intermediateCommonName(meshName) },
        { parent: this },
      );

    const server = request("server");
    this.trustAnchorPem = pulumi
      .all(roots.map(({ certPem }) => certPem))
      .apply((pems) => [...pems, args.additionalRootsPem ?? ""].join(""));
    this.serverCa = {
      certPem: sign("server", server.requestPem, serverNames),
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
        const certPem = sign(mesh, client.signingRequestPem, namesOf(client));
        return { name: client.name, certPem };
      }
      const made = request(mesh, client.name);
      return {
        name: client.name,
        certPem: sign(mesh, made.requestPem, namesOf(client)),
        privateKeyPem: made.privateKeyPem,
      };
    });

    const { revoked = [] } = args;
    if (revoked.length > 0 || args.clients.some(({ crlPem }) => crlPem !== undefined)) {
      this.crlPem = revocationLists(
        name,
        {
          issuers: [
            ...roots.map((signer) => ({
              name: "root",
              id: rootId(signer.number),
              certPem: signer.certPem,
              signer,
            })),
            { name: "server", id: "server", certPem: this.serverCa.certPem, signer: this.serverCa },
            ...this.clients.map(({ name: issuer, certPem, privateKeyPem }, index) => ({
              name: issuer,
              id: issuer,
              certPem,
              signer: privateKeyPem
                ? { privateKeyPem }
                : { crlPem: args.clients[index]?.crlPem ?? "" },
            })),
          ],
          revoked,
          drafts,
          validityHours: leafHours,
        },
        { parent: this },
      );
    }
  }
}

/** The first root keeps the name that it had when there could be only one. */
function rootId(number: number): string {
  return number === 1 ? "root" : `root-${number}`;
}

function namesOf({ dnsName, trustDomain }: ClientMesh): MeshNames {
  return { dnsNames: [dnsName], trustDomain };
}
