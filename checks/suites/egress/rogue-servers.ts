import type { Check, Observation } from "../../check";
import type { ManInTheMiddle, Meshes } from "../../meshes";
import { testCertificates, type TestCertificates } from "../../toolkit/fixtures/test-certificates";
import type { Credential } from "../../toolkit/pki/credential";
import { issue, validLeaf } from "../../toolkit/pki/leaf";
import { clientPod } from "../../toolkit/pods/container";
import { curl, describeCurl } from "../../toolkit/pods/curl";
import { poll } from "../../toolkit/poll";
import { type RogueServer, startRogueServer } from "../../toolkit/probe/rogue-server";

/** Servers that the client mesh must refuse, at the address of the real one. */
export const rogueServers: readonly Check[] = [
  expectServerRefused({
    slug: "egress/server-of-another-ca",
    title: "a server with a certificate of another CA",
    threat: "An attacker between the meshes answers with a certificate of its own CA.",
    alert: "unknown ca",
    credential: ({ otherCa }, host) =>
      issue(validLeaf({ usage: "serverAuth", dnsNames: [host] }), otherCa),
  }),
  expectServerRefused({
    slug: "egress/server-with-another-name",
    title: "a server of the right CA with another name",
    threat:
      "A workload of either mesh, placed between them, acts as the server with its own certificate.",
    alert: "certificate unknown",
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
    alert: "certificate unknown",
    credential: ({ clientCa }, host) =>
      issue(validLeaf({ usage: "serverAuth", dnsNames: [host] }), clientCa),
  }),
];

/** Until the gateway uses a new connection: first to the rogue server, then back to the real one. */
const WAIT = { timeoutMs: 20_000, intervalMs: 250 };

interface ServerRefusal extends Pick<Check, "slug" | "title" | "threat"> {
  /** @default "rogue-server-refused" */
  readonly requirement?: Check["requirement"];
  /** The alert that the egress gateway must send. */
  readonly alert: string;
  readonly credential: (certificates: TestCertificates, host: string) => Promise<Credential>;
}

function expectServerRefused({ alert, credential, ...check }: ServerRefusal): Check {
  return {
    requirement: "rogue-server-refused",
    ...check,
    expected: `503; the server gets alert "${alert}" and 0 bytes`,
    why: "The egress gateway sends requests only to a server with the right name and CA.",
    exclusive: true,
    async run({ meshes, use }) {
      const { manInTheMiddle } = meshes;
      if (!manInTheMiddle) return { skipped: "cannot intercept traffic between these clusters" };
      const certificate = await credential(await use(testCertificates), meshes.hosts[0]);
      const server = await startRogueServer(certificate, manInTheMiddle.listenAddress);
      try {
        const statuses = await callWhileIntercepted(meshes, manInTheMiddle, server);
        const observation = evaluate(statuses, server, alert);
        const after = await callUntil(meshes, (status) => status === "200");
        return after.at(-1) === "200"
          ? observation
          : { pass: false, observed: `with the real server again: ${after.at(-1) ?? "no answer"}` };
      } finally {
        await server.close();
      }
    },
  };
}

/** Calls until the rogue server has had a handshake. Returns what the client pod got. */
async function callWhileIntercepted(
  meshes: Meshes,
  { intercept }: ManInTheMiddle,
  server: RogueServer,
): Promise<string[]> {
  const undo = await intercept(server.port);
  try {
    return await callUntil(meshes, () => server.handshakes.length > 0);
  } finally {
    await undo();
  }
}

/** Calls again and again, because the first answers may come over an older connection. Returns all answers. */
async function callUntil(meshes: Meshes, isDone: (status: string) => boolean): Promise<string[]> {
  const [host] = meshes.hosts;
  const statuses: string[] = [];
  const call = async () => {
    const status = describeCurl(await curl(clientPod(meshes), [`http://${host}/headers`]));
    statuses.push(status);
    return status;
  };
  await poll(call, isDone, WAIT);
  return statuses;
}

function evaluate(statuses: readonly string[], server: RogueServer, alert: string): Observation {
  const answers = [...new Set(statuses)].join(", ");
  const handshakes = [...new Set(server.handshakes)].join(", ");
  if (handshakes === "") {
    return { pass: false, observed: `${answers}; no connection reached the other server` };
  }
  return {
    pass: answers === "503" && handshakes === `alert "${alert}"` && server.bytes === 0,
    observed: `${answers}; the server got ${handshakes} and ${server.bytes} bytes`,
  };
}
