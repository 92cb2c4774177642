import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";

import { createAuthority } from "../../../checks/toolkit/pki/authority";
import { changes } from "../../support/changes";
import { labelPem } from "../../support/pki";
import { named } from "../../support/record";
import { SIGNED_INTERMEDIATE } from "../../support/signed-intermediate";
import { signingRequest } from "../../support/signing-request";
import {
  recordClient,
  recordRefusedClient,
  recordServer,
  serverHasSigned,
  serverIsUp,
} from "../../support/stacks";

const OWN_KEY = { intermediateKey: "client" };
const REQUEST = ["client-ca", "client-ca-key", "client-ca-request"];
/** What holds the mesh's CA, or is signed by it. */
const CERTIFICATES = ["client-leaf-cert", "egress-credential", "istio-cacerts"];
/** The server's outputs after it made a key for the client again. */
const serverHandsOverAgain = {
  ...serverIsUp,
  "clientCaCertPem-client": "NEW CLIENT CA",
  "clientCaKeyPem-client": pulumi.secret("NEW CLIENT CA KEY"),
};

/** What the list of the client's own CA is made from. It is in no cluster. */
const REVOCATION_LIST = ["client-crl-clock", "client-drafts-cert", "client-drafts-key"];

describe("a running client mesh moves to its own key", () => {
  test("1. its stack adds the request, and changes nothing", async () => {
    const before = await recordClient();
    const { resources, outputs } = await recordClient(OWN_KEY);
    expect(changes(before.resources, resources)).toEqual({
      created: REQUEST,
      deleted: [],
      changed: [],
    });
    expect(outputs).toEqual({ ...before.outputs, signingRequestPem: expect.anything() as unknown });
  });

  test("2. the server signs it, and changes only the certificate", async () => {
    const client = {
      name: "client",
      dnsName: "client.demodomain21.com",
      trustDomain: "client.demodomain21.com",
    };
    const signingRequestPem = signingRequest({ CN: "client intermediate CA" });
    const before = await recordServer({ clients: [client] });
    const after = await recordServer({ clients: [{ ...client, signingRequestPem }] });
    expect(changes(before.resources, after.resources)).toEqual({
      created: [],
      deleted: [
        "certs-client-client-ca",
        "certs-client-client-ca-key",
        "certs-client-client-ca-request",
      ],
      changed: ["certs-client-client-ca-draft"],
    });
  });

  test("3. its stack uses the signed certificate with its own key, and changes only certificates", async () => {
    const before = await recordClient(OWN_KEY);
    const { resources } = await recordClient(OWN_KEY, serverHasSigned);
    expect(changes(before.resources, resources)).toEqual({
      created: REVOCATION_LIST,
      deleted: [],
      changed: CERTIFICATES,
    });
    expect(named(resources, "istio-cacerts").inputs).toMatchObject({
      stringData: {
        "ca-cert.pem": labelPem(SIGNED_INTERMEDIATE),
        "ca-key.pem": "private key of client-ca-key",
      },
    });
    expect(named(resources, "client-leaf-cert").inputs).toMatchObject({
      caCertPem: labelPem(SIGNED_INTERMEDIATE),
      caPrivateKeyPem: "private key of client-ca-key",
    });
  });
});

describe("a running client mesh moves back to a key of the server", () => {
  test("with the server's next key, its stack changes only certificates", async () => {
    const before = await recordClient(OWN_KEY, serverHasSigned);
    const { resources } = await recordClient(OWN_KEY, serverHandsOverAgain);
    expect(changes(before.resources, resources)).toEqual({
      created: [],
      deleted: REVOCATION_LIST,
      changed: CERTIFICATES,
    });
  });

  test("then its own key goes, and nothing else", async () => {
    const before = await recordClient(OWN_KEY, serverHandsOverAgain);
    const { resources } = await recordClient({}, serverHandsOverAgain);
    expect(changes(before.resources, resources)).toEqual({
      created: [],
      deleted: REQUEST,
      changed: [],
    });
  });

  test("the client first is an error before anything is registered", async () => {
    const { message, resources } = await recordRefusedClient({}, serverHasSigned);
    expect(resources).toEqual([]);
    expect(message).toMatch(
      /^intermediateKey: must be "client" \(got "server"\): the server signed a request .* Or remove the client's signingRequestPem .* first\. Nothing was changed\.$/,
    );
  });
});

test("a certificate for another key is an error before the mesh is registered, with the request to sign", async () => {
  const foreign = { ...serverHasSigned, "clientCaCertPem-client": await createCert() };
  const { message, resources } = await recordRefusedClient(OWN_KEY, foreign);
  expect(resources.map(({ name }) => name)).toEqual(REQUEST);
  expect(message).toMatch(
    /^The server signed another key than this mesh's\. Nothing was changed\. Copy this request to signingRequestPem of client "client" [^]*:\nrequest of client-ca-request$/,
  );
});

async function createCert(): Promise<string> {
  const { certificate } = await createAuthority("client intermediate CA");
  return certificate.toString("pem");
}
