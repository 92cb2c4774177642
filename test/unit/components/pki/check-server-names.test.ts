import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:tls";

import { beforeAll, describe, expect, test } from "vitest";

import { type Authority, createAuthority } from "../../../../checks/toolkit/pki/authority";
import { exportPrivateKey } from "../../../../checks/toolkit/pki/keys";
import { issue, validLeaf } from "../../../../checks/toolkit/pki/leaf";
import { x509 } from "../../../../checks/toolkit/pki/x509";
import {
  checkClientNames,
  checkServerNames,
  type ServerNames,
} from "../../../../components/pki/check-server-names";
import { permittedNames } from "../../../../components/pki/permitted-names";
import { signIntermediate } from "../../../../components/pki/x509/sign-intermediate";

let root: Authority;
let draft: Authority;

beforeAll(async () => {
  root = await createAuthority("root.test");
  draft = await createAuthority("server intermediate CA");
});

/** A server of `count` hosts with `length` letters each. */
function serverOf(count: number, length: number): ServerNames {
  const labels = "a".repeat(length - 10).replaceAll(/(.{40})./g, "$1.");
  const hosts = Array.from({ length: count }, (_, index) => `${labels}${10_000 + index}.test`);
  return { hosts, trustDomain: "server.test", clients: [] };
}

/** How a TLS handshake with this server ends. OpenSSL has the same limits as Envoy's BoringSSL. */
async function handshake({ hosts, trustDomain }: ServerNames): Promise<string> {
  const server = { dnsNames: hosts, trustDomain };
  const caPem = signIntermediate({
    draftPem: draft.certificate.toString("pem"),
    rootCertPem: root.certificate.toString("pem"),
    rootPrivateKeyPem: await exportPrivateKey(root.privateKey),
    permitted: permittedNames(server, [server]),
  });
  const ca = { ...draft, certificate: new x509.X509Certificate(caPem) };
  const leaf = await issue(validLeaf({ usage: "serverAuth", dnsNames: hosts }), ca);
  const listener = createServer({ cert: leaf.chainPem, key: leaf.privateKeyPem });
  listener.on("tlsClientError", () => undefined);
  await once(listener.listen(0, "127.0.0.1"), "listening");
  const { port } = listener.address() as AddressInfo;
  const socket = connect({
    port,
    host: "127.0.0.1",
    servername: hosts[0],
    ca: root.certificate.toString("pem"),
  });
  try {
    await once(socket, "secureConnect");
    return "accepted";
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    socket.destroy();
    listener.close();
  }
}

describe("hosts of one server", () => {
  test.each<[number, number, number, string]>([
    [1_021, 36, 1_022, "UNSPECIFIED"],
    // The size is an estimate, which leaves room for three more.
    [197, 250, 201, "ERR_SSL_EXCESSIVE_MESSAGE_SIZE"],
  ])("may be %i of %i letters", async (most, length, tooMany, error) => {
    expect(checkServerNames(serverOf(most, length))).toEqual([]);
    expect(await handshake(serverOf(most, length))).toBe("accepted");
    expect(checkServerNames(serverOf(most + 1, length))).toHaveLength(1);
    expect(await handshake(serverOf(tooMany, length))).toBe(error);
  });

  test("are refused with the number and the limit", () => {
    expect(checkServerNames(serverOf(1_100, 36))).toEqual([
      {
        path: ["hosts"],
        message:
          "must be fewer or shorter (got 1100 hosts): the clients' TLS libraries would refuse the server's certificate, because they compare names with name constraints at most 1048576 times, and this needs 1216605. Serve some hosts from another server",
      },
    ]);
    expect(checkServerNames(serverOf(500, 250))[0]?.message).toMatch(
      /^must be fewer or shorter \(got 500 hosts\): .* at most 102400 bytes .* about 256\d{3}\./,
    );
  });
});

test("a client's DNS name is not one of the hosts", () => {
  const clients = ["a.test", "b.test"].map((name) => ({ dnsName: name, trustDomain: name }));
  expect(checkClientNames({ hosts: ["b.test"], clients })).toEqual([
    {
      path: ["clients", 1, "dnsName"],
      message:
        "must not be a host of the server (got \"b.test\"): the client's CA could then sign the server's certificate. Use another name",
    },
  ]);
  expect(checkClientNames({ hosts: ["x.a.test", "test.b"], clients })).toEqual([]);
});
