import type { TlsOptions } from "node:tls";

import type { Check, Observation } from "../../check";
import type { ManInTheMiddle, Meshes } from "../../meshes";
import { testCertificates, type TestCertificates } from "../../toolkit/fixtures/test-certificates";
import type { Credential } from "../../toolkit/pki/credential";
import { issue, validLeaf } from "../../toolkit/pki/leaf";
import { clientPod } from "../../toolkit/pods/container";
import { curl, describeCurl } from "../../toolkit/pods/curl";
import { poll } from "../../toolkit/poll";
import {
  NO_COMMON_VERSION,
  type RogueServer,
  startRogueServer,
} from "../../toolkit/probe/rogue-server";

/** Servers that the client mesh must refuse, at the address of the real one. */
export const rogueServers: readonly Check[] = [
  expectServerRefused({
    slug: "egress/server-of-another-ca",
    title: "a server with a certificate of another CA",
    threat: "An attacker between the meshes answers with a certificate of its own CA.",
    handshake: 'alert "unknown ca"',
    credential: ({ otherCa }, host) =>
      issue(validLeaf({ usage: "serverAuth", dnsNames: [host] }), otherCa),
  }),
  expectServerRefused({
    slug: "egress/server-with-another-name",
    title: "a server of the right CA with another name",
    threat:
      "A workload of either mesh, placed between them, acts as the server with its own certificate.",
    handshake: 'alert "certificate unknown"',
    // The server's CA may sign any subdomain of its hosts.
    credential: async ({ readServerCa }, host) =>
      issue(
        validLeaf({ usage: "serverAuth", dnsNames: [`impostor.${host}`] }),
        await readServerCa(),
      ),
  }),
  expectServerRefused({
    slug: "egress/server-by-stolen-client-key",
    title: "a server with the right name, signed with a stolen client CA key",
    requirement: "ca-limited-to-own-names",
    threat:
      "A thief of a client's CA key acts as the server, and reads the requests of all clients.",
    handshake: 'alert "certificate unknown"',
    credential: ({ clientCa }, host) =>
      issue(validLeaf({ usage: "serverAuth", dnsNames: [host] }), clientCa),
  }),
  expectServerRefused({
    slug: "egress/server-with-old-tls",
    title: "a server with the right certificate and an older TLS version than the minimum",
    requirement: "weak-tls-refused",
    threat: "An attacker between the meshes who has the server's key forces an old TLS version.",
    handshake: NO_COMMON_VERSION,
    credential: async ({ readServerCa }, host) =>
      issue(validLeaf({ usage: "serverAuth", dnsNames: [host] }), await readServerCa()),
    // OpenSSL offers TLS 1.1 only at security level 0.
    options: ({ client }) =>
      client.minTlsVersion === "1.3"
        ? { maxVersion: "TLSv1.2" }
        : { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" },
  }),
];

/** Until the gateway uses a new connection: first to the rogue server, then back to the real one. */
const WAIT = { timeoutMs: 20_000, intervalMs: 250 };

interface ServerRefusal extends Pick<Check, "slug" | "title" | "threat"> {
  /** @default "rogue-server-refused" */
  readonly requirement?: Check["requirement"];
  /** How the handshake must end: with an alert of the egress gateway, or for want of a version. */
  readonly handshake: string;
  readonly credential: (certificates: TestCertificates, host: string) => Promise<Credential>;
  /** What the server's TLS allows. */
  readonly options?: (meshes: Meshes) => TlsOptions;
}

function expectServerRefused({ handshake, credential, options, ...check }: ServerRefusal): Check {
  return {
    requirement: "rogue-server-refused",
    ...check,
    expected: `503; the server gets ${handshake} and 0 bytes`,
    why: "The egress gateway sends requests only to a server with the right name and CA.",
    exclusive: true,
    async run({ meshes, use }) {
      const { manInTheMiddle } = meshes;
      if (!manInTheMiddle) return { skipped: "cannot intercept traffic between these clusters" };
      const certificate = await credential(await use(testCertificates), meshes.hosts[0]);
      const server = await startRogueServer(
        certificate,
        manInTheMiddle.listenAddress,
        options?.(meshes),
      );
      try {
        const refused = await callWhileIntercepted(meshes, manInTheMiddle, server);
        const observation = evaluate(refused, server, handshake);
        const after = await callUntil(meshes, (status) => status === "200");
        return after === "200"
          ? observation
          : { pass: false, observed: `with the real server again: ${after}` };
      } finally {
        await server.close();
      }
    },
  };
}

/**
 * Calls until the rogue server has had a handshake and a call fails. Returns what the client pod got last. Earlier calls
 * may succeed on a connection to the real server that is older.
 */
async function callWhileIntercepted(
  meshes: Meshes,
  { intercept }: ManInTheMiddle,
  server: RogueServer,
): Promise<string> {
  const undo = await intercept(server.port);
  try {
    return await callUntil(meshes, (status) => server.handshakes.length > 0 && status !== "200");
  } finally {
    await undo();
  }
}

/** Calls until the client pod gets such a status. Returns the last one. */
function callUntil(meshes: Meshes, isDone: (status: string) => boolean): Promise<string> {
  const [host] = meshes.hosts;
  const call = async () => describeCurl(await curl(clientPod(meshes), [`http://${host}/headers`]));
  return poll(call, isDone, WAIT);
}

function evaluate(status: string, server: RogueServer, handshake: string): Observation {
  const handshakes = [...new Set(server.handshakes)].join(", ");
  if (handshakes === "") {
    return { pass: false, observed: `${status}; no connection reached the other server` };
  }
  return {
    pass: status === "503" && handshakes === handshake && server.bytes === 0,
    observed: `${status}; the server got ${handshakes} and ${server.bytes} bytes`,
  };
}
