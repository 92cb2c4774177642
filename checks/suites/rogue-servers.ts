import { testCertificates, type TestCertificates } from "../toolkit/certificates/test-certificates";
import { type Check, type Observation, saw } from "../check";
import type { ManInTheMiddle, Meshes } from "../meshes";
import type { Credential } from "../toolkit/pki/credential";
import { issue, leaf } from "../toolkit/pki/leaf";
import { clientPod } from "../toolkit/pods/client-pod";
import { curl, describeCurl } from "../toolkit/pods/curl";
import { poll } from "../toolkit/poll";
import { type RogueServer, rogueServer } from "../toolkit/probe/rogue-server";

/** Servers that the client must not talk to, at the real one's address. */
export const rogueServers: readonly Check[] = [
  rogue("a server of another CA", "unknown ca", ({ otherCa }, host) =>
    issue(leaf({ usage: "serverAuth", dnsNames: [host] }), otherCa),
  ),
  rogue("a server of the right CA, another name", "certificate unknown", ({ serverCa }) =>
    issue(leaf({ usage: "serverAuth", dnsNames: ["impostor.invalid"] }), serverCa),
  ),
];

const PATIENCE = { deadlineMs: 20_000, everyMs: 250 };

function rogue(
  name: string,
  alert: string,
  credential: (certificates: TestCertificates, host: string) => Promise<Credential>,
): Check {
  return {
    id: 27,
    name,
    expected: `503; the server gets alert "${alert}" and 0 bytes`,
    alone: true,
    async run({ meshes, use }) {
      const { manInTheMiddle } = meshes;
      if (!manInTheMiddle) return { skipped: "nobody can stand between these meshes" };
      const certificate = await credential(await use(testCertificates), meshes.hosts[0]);
      const server = await rogueServer(certificate, manInTheMiddle.listenAddress);
      try {
        const statuses = await callThrough(meshes, manInTheMiddle, server);
        const seen = judge(statuses, server, alert);
        const after = await callUntil(meshes, (status) => status === "200");
        return after.at(-1) === "200"
          ? seen
          : saw(false, `with the real server back: ${after.at(-1) ?? "no answer"}`);
      } finally {
        await server.close();
      }
    },
  };
}

/** What the client pod sees while the rogue is in the server's place, until the rogue has been tried. */
async function callThrough(
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

/** Calls until `enough`: an answer may come over a connection from before, a way back may take its time. */
async function callUntil(meshes: Meshes, enough: (status: string) => boolean): Promise<string[]> {
  const [host] = meshes.hosts;
  const statuses: string[] = [];
  const call = async () => {
    const status = describeCurl(await curl(clientPod(meshes), [`http://${host}/headers`]));
    statuses.push(status);
    return status;
  };
  await poll(call, enough, PATIENCE);
  return statuses;
}

function judge(statuses: readonly string[], server: RogueServer, alert: string): Observation {
  const answers = [...new Set(statuses)].join(", ");
  const handshakes = [...new Set(server.handshakes)].join(", ");
  if (handshakes === "") return saw(false, `${answers}; nobody came to the other server`);
  return saw(
    answers === "503" && handshakes === `alert "${alert}"` && server.bytes === 0,
    `${answers}; the server got ${handshakes} and ${server.bytes} bytes`,
  );
}
