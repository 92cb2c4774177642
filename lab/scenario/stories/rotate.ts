import { X509Certificate } from "node:crypto";
import { connect } from "node:tls";

import { readCertificates } from "../../../checks/toolkit/pki/certificates";
import { clientPod } from "../../../checks/toolkit/pods/container";
import type { Meshes } from "../../../checks/meshes";
import { until } from "../../process/until";
import { runOperation } from "../../program/run-operation";
import { findUrn } from "../stacks";
import type { Stage, Story } from "../story";

/** A key that is replaced, as docs/security.md describes. */
interface Rotation {
  readonly phase: string;
  /** The stack that makes the key, and the name of the key there. */
  readonly stack: "server" | "client";
  readonly key: string;
  /** The gateway that gets another certificate. */
  readonly gateway: "server" | "client";
}

export const rotateLeaf = rotate([
  { phase: "server leaf", stack: "server", key: "certs-server-leaf-key", gateway: "server" },
  { phase: "client leaf", stack: "client", key: "client-leaf-key", gateway: "client" },
]);

export const rotateIntermediate = rotate([
  { phase: "server CA", stack: "server", key: "certs-server-ca-key", gateway: "server" },
  { phase: "client CA", stack: "server", key: "certs-client-client-ca-key", gateway: "client" },
]);

function rotate(rotations: readonly Rotation[]): Story {
  return {
    async tell(stage) {
      for (const rotation of rotations) await replaceKey(rotation, stage);
    },
  };
}

async function replaceKey(
  { phase, stack, key, gateway }: Rotation,
  { stacks, meshes, load }: Stage,
): Promise<void> {
  const { client, context } = stacks;
  const urn = await findUrn(stacks[stack], key);
  load.begin(phase);
  const seen = measureUntilSeen(gateway, meshes);
  await runOperation(stacks[stack], "up", context, { replace: [urn] });
  if (stack !== gateway) await runOperation(client, "up", context);
  load.note("ms until the other end sees it", await seen);
  await load.untilSteady();
}

/** Waits for another certificate in a gateway's Secret. Returns the time from then until the other end sees it. */
async function measureUntilSeen(end: "server" | "client", meshes: Meshes): Promise<number> {
  const { kubectl } = meshes[end];
  const { namespace, credentialName } =
    end === "server" ? meshes.server.ingressGateway : meshes.client.egressGateway;
  const readSecret = async () => {
    const [leaf] = await readCertificates(kubectl, namespace, credentialName, "tls.crt");
    return fingerprint(new X509Certificate(leaf.toString("pem")));
  };
  const old = await readSecret();
  const isNew = (value: string | undefined) => (value === old ? undefined : value);
  const wanted = await until("a new certificate", async () => isNew(await readSecret()), {
    deadlineMs: 120_000,
  });
  const replacedAt = Date.now();
  let attempts = 0;
  await until("the other end to see the new certificate", async () => {
    attempts += 1;
    const seen =
      end === "server"
        ? (await readServerCertificate(meshes)) === wanted
        : (await sendAtOnce(attempts * PARALLEL_STEP, meshes)).includes(`Hash=${wanted}`);
    return seen || undefined;
  });
  return Date.now() - replacedAt;
}

const fingerprint = ({ fingerprint256 }: X509Certificate) =>
  fingerprint256.replaceAll(":", "").toLowerCase();

/** The certificate that a new connection gets from the ingress gateway. */
function readServerCertificate({ hosts, ingress }: Meshes): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(
      { ...ingress, host: ingress.address, servername: hosts[0], rejectUnauthorized: false },
      () => {
        const certificate = socket.getPeerX509Certificate();
        socket.destroy();
        resolve(certificate && fingerprint(certificate));
      },
    );
    socket.once("error", reject);
  });
}

/** A live connection keeps its certificate. So each attempt sends more requests at once than there are connections. */
const PARALLEL_STEP = 10;

/** Sends requests from the client pod at the same time; returns the answers, with what the ingress gateway saw. */
async function sendAtOnce(requests: number, meshes: Meshes): Promise<string> {
  const { kubectl, namespace, pod, container } = clientPod(meshes);
  const { stdout } = await kubectl([
    ...["exec", "-n", namespace, pod, "-c", container, "--", "curl", "-sS", "--max-time", "10"],
    ...["--parallel", "--parallel-immediate", "--parallel-max", String(requests)],
    `http://${meshes.hosts[0]}/delay/0.3?[1-${requests}]`,
  ]);
  return stdout;
}
