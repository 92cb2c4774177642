import { createPublicKey, X509Certificate } from "node:crypto";

import * as pulumi from "@pulumi/pulumi";

import { draftIssuer } from "../components/pki/draft-issuer";
import { type GivenCa, givenIssuer, isIssuedByOneOf } from "../components/pki/given-ca";
import { intermediateCommonName } from "../components/pki/intermediate-cert";
import type { Issuer } from "../components/pki/issuer";
import { revocationList } from "../components/pki/revocation-list";
import { SigningRequest } from "../components/pki/signing-request";
import type { ClientConfig } from "../config";
import { awaitOutput } from "./await-output";
import { type CalledServer, lowerFirst } from "./called-servers";
import { type Server, upCommand } from "./contract";

/** An intermediate CA of the client. The one for the first server is the mesh's. */
export interface ClientIntermediate {
  readonly ca: Issuer;
  /** Roots that the client's mesh trusts (PEM). */
  readonly trustAnchorPem: pulumi.Input<string>;
  /** Revocation lists of the CAs in the server's chain (PEM). */
  readonly peersCrlPem?: pulumi.Input<string>;
  /** In signing-request mode, this stack's request (PKCS #10, PEM). */
  readonly signingRequestPem?: pulumi.Output<string>;
  /** In signing-request mode, the revocation list of this stack's own key (PEM), once the server has signed the key. */
  readonly crlPem?: pulumi.Output<string>;
}

/**
 * The client's intermediate CA for one server. With `intermediateKey: client`, the client uses the key that the server hands
 * over until the server has signed this stack's own request. So a change of the mode changes certificates and nothing
 * else, and a new pair of stacks needs no other first run than a running one.
 *
 * @throws RunError when the client would have no intermediate, or one that the server does not trust
 */
export async function clientIntermediate(
  config: Pick<ClientConfig, "givenCa" | "intermediateKey" | "revokedLeaves" | "certificates">,
  called: Pick<CalledServer, "title" | "stack" | "clientName" | "resources"> & {
    readonly server: Pick<Server, "rootCertPem" | "crlPem" | "caCertPem" | "caPrivateKeyPem">;
  },
): Promise<ClientIntermediate> {
  const { givenCa, intermediateKey } = config;
  const { title, clientName, server, resources } = called;
  if (givenCa !== undefined && (await takesGivenCa(givenCa, called))) {
    return givenIntermediate(givenCa);
  }
  const { caCertPem: certPem, caPrivateKeyPem: handedOver } = server;
  if (certPem === undefined) {
    throw new pulumi.RunError(
      `givenCa: is missing: ${lowerFirst(title)} has no intermediate for client "${clientName}", because a PKI gives each mesh its own. ` +
        "Enter this mesh's intermediate. Nothing was changed.",
    );
  }
  const trust = {
    trustAnchorPem: server.rootCertPem,
    ...(server.crlPem && { peersCrlPem: server.crlPem }),
  };
  const up = upCommand(called.stack);
  if (intermediateKey === "server") {
    if (handedOver) return { ...trust, ca: { certPem, privateKeyPem: handedOver } };
    throw new pulumi.RunError(
      `intermediateKey: must be "client" (got "server"): ${lowerFirst(title)} signed a request of client "${clientName}", so it ` +
        "has no key to hand over. Change it here. Or remove the client's signingRequestPem from the server's clients and " +
        `run ${up} first. Nothing was changed.`,
    );
  }
  const request = new SigningRequest(`${resources.ca}-ca`, {
    commonName: intermediateCommonName(clientName),
  });
  const { requestPem: signingRequestPem, publicKeyPem, privateKeyPem } = request;
  const output = `signingRequestPem${resources.outputSuffix}`;
  if (handedOver) {
    await pulumi.log.warn(
      `intermediateKey: ${lowerFirst(title)} has not signed this mesh's own key yet, so the mesh uses the key that the server made. ` +
        `1. Copy the output ${output} to signingRequestPem of client "${clientName}" in the server's clients, and ` +
        `run ${up}. 2. Run \`pulumi up\` here again.`,
    );
    return { ...trust, ca: { certPem, privateKeyPem: handedOver }, signingRequestPem };
  }
  // A preview does not know a key that is going to be made, and would wait forever.
  if (!pulumi.runtime.isDryRun()) {
    const signed = pulumi.all([certPem, publicKeyPem, signingRequestPem]);
    requireCertOf(called, ...(await awaitOutput(signed)));
  }
  const ca = { certPem, privateKeyPem };
  return {
    ...trust,
    ca,
    signingRequestPem,
    crlPem: ownRevocationList(resources.ca, ca, config),
  };
}

/**
 * Whether the client uses the intermediate of a PKI for this server. A server beside the first one may have a root of its
 * own, and then it makes the client's intermediate.
 */
async function takesGivenCa(
  { certPem }: GivenCa,
  { title, resources, stack, server }: Parameters<typeof clientIntermediate>[1],
): Promise<boolean> {
  if (isIssuedByOneOf(certPem, await awaitOutput(server.rootCertPem))) return true;
  const isFirst = resources.outputSuffix === "";
  if (!isFirst && server.caCertPem !== undefined) return false;
  throw new pulumi.RunError(
    `givenCa: must be signed by a root that ${lowerFirst(title)} trusts (value not shown): set givenCa in the server's stack, with this ` +
      `root in its trustAnchorPem, and run ${upCommand(stack)}. Nothing was changed.`,
  );
}

/** The intermediate that a PKI gave to this mesh. */
function givenIntermediate(givenCa: GivenCa): ClientIntermediate {
  const { trustAnchorPem, crlPem } = givenCa;
  return {
    ca: givenIssuer(givenCa),
    trustAnchorPem,
    ...(crlPem !== undefined && { peersCrlPem: crlPem }),
  };
}

/** The server's gateway asks for it as soon as the server has revocation lists. */
function ownRevocationList(
  prefix: string,
  issuer: Issuer,
  { revokedLeaves, certificates }: Pick<ClientConfig, "revokedLeaves" | "certificates">,
): pulumi.Output<string> {
  return revocationList(
    `${prefix}-crl`,
    {
      issuer,
      revoked: revokedLeaves,
      drafts: draftIssuer(`${prefix}-drafts`, certificates.rootHours, {}),
      validityHours: certificates.leafHours,
    },
    {},
  );
}

/** @throws RunError when the server's certificate is for another key: istiod and the gateway would refuse the pair */
function requireCertOf(
  { title, stack, clientName }: Pick<CalledServer, "title" | "stack" | "clientName">,
  certPem: string,
  publicKeyPem: string,
  requestPem: string,
): void {
  if (new X509Certificate(certPem).publicKey.equals(createPublicKey(publicKeyPem))) return;
  throw new pulumi.RunError(
    `${title} signed another key than this mesh's. Nothing was changed. Copy this request to signingRequestPem of client ` +
      `"${clientName}" in the server's clients, run ${upCommand(stack)}, and then run this again:\n${requestPem}`,
  );
}
