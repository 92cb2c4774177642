import { setTimeout as delay } from "node:timers/promises";

import { readAuthority } from "../../../checks/toolkit/pki/authority";
import type { Credential } from "../../../checks/toolkit/pki/credential";
import { issue, randomSerial, validLeaf } from "../../../checks/toolkit/pki/leaf";
import { probeIngress } from "../../../checks/toolkit/probe/ingress";
import { describeResult } from "../../../checks/toolkit/probe/result";
import type { KnownClient, Meshes } from "../../../checks/meshes";
import { until } from "../../process/until";
import type { ConfigValue } from "../../program/config-value";
import { type ClientEntry, readClients } from "../../program/change-clients";
import { runOperation } from "../../program/run-operation";
import { setConfig } from "../../program/stack";
import { openDeafConnection } from "../deaf-connection";
import { type LiveConnection, openLiveConnection } from "../live-connection";
import type { Stage, Story } from "../story";

/** The client that loses its access. It is a TLS client, and may call one host. */
const NAME = "partner";

/** A way to take a client's access away. */
interface Revocation {
  readonly name: string;
  /** The server's configuration with and without it. */
  readonly set: Readonly<Record<string, ConfigValue>>;
  readonly reset: Readonly<Record<string, ConfigValue>>;
  /** How a new connection is refused. */
  readonly refusal: string;
  /** How long a live connection may work after `up`, in seconds. */
  readonly boundSeconds: number;
}

/** Envoy's drain time: how long a listener whose configuration has changed keeps its connections. */
const DRAIN_SECONDS = 45;
/** The key `maxConnectionSeconds`, and the time in which the gateway drains a connection that is older. */
const MAX_CONNECTION_SECONDS = 60 + 5;

/** A client loses its access in three ways: new connections are refused at once, and live ones end within the bound. */
export const revokeLive: Story = {
  async tell(stage) {
    const { meshes, stacks } = stage;
    const clients = await readClients(stacks.server);
    const serial = randomSerial();
    const { client, credential } = await certify(meshes, serial);
    for (const revocation of waysToRevoke(clients, serial)) {
      await revoke(stage, client, credential, revocation);
    }
    // Its outputs follow the server's.
    await runOperation(stacks.client, "up", stacks.context);
  },
};

function waysToRevoke(clients: readonly ClientEntry[], serial: string): readonly Revocation[] {
  const others = clients.filter(({ name }) => name !== NAME);
  const suspended = clients.map((each) =>
    each.name === NAME ? { ...each, suspended: true } : each,
  );
  return [
    {
      name: "suspended",
      set: { clients: suspended },
      reset: { clients },
      refusal: "403 over TLSv1.3",
      boundSeconds: DRAIN_SECONDS,
    },
    {
      name: "revoked",
      set: { revoked: [{ issuer: NAME, serial, reason: "keyCompromise" }] },
      reset: { revoked: [] },
      refusal: 'alert "certificate revoked"',
      boundSeconds: MAX_CONNECTION_SECONDS,
    },
    {
      name: "removed",
      set: { clients: others },
      reset: { clients },
      refusal: 'alert "certificate unknown"',
      boundSeconds: DRAIN_SECONDS,
    },
  ];
}

async function revoke(
  { meshes, stacks: { server, context }, load }: Stage,
  { hosts: [host = ""] }: KnownClient,
  credential: Credential,
  { name, set, reset, refusal, boundSeconds }: Revocation,
): Promise<void> {
  const probe = async () =>
    describeResult(await probeIngress(meshes, { host, serverName: host, credential }));
  const accepted = await probe();
  const live = [
    { client: "obeys GOAWAY", connection: openLiveConnection(meshes, host, credential) },
    { client: "ignores GOAWAY", connection: openDeafConnection(meshes, host, credential) },
  ];
  load.begin(name);
  await setConfig(server, set);
  const refused = until(
    `a new connection: ${refusal}`,
    async () => ((await probe()) === refusal ? Date.now() : undefined),
    { deadlineMs: 120_000 },
  );
  await runOperation(server, "up", context);
  const upEnd = Date.now();
  load.note("ms to refusal", (await refused) - upEnd);
  for (const { client, connection } of live) {
    const liveMs = (await lastSuccess(connection, boundSeconds)) - upEnd;
    load.note(`ms to last success if it ${client}`, liveMs);
    if (liveMs <= boundSeconds * 1000) continue;
    const observed = Number.isFinite(liveMs) ? `${liveMs} ms` : "still open";
    throw new Error(
      `A live connection of a client that is ${name} must end within ${boundSeconds} s of up (got: ${observed}, it ${client})`,
    );
  }
  await load.untilSteady();

  load.begin(`no longer ${name}`);
  await setConfig(server, reset);
  await runOperation(server, "up", context);
  await until(`a new connection: ${accepted}`, async () =>
    (await probe()) === accepted ? true : undefined,
  );
}

/** When the last request of a connection succeeded; infinity if it still works 15 s after the bound. */
function lastSuccess(connection: LiveConnection, boundSeconds: number): Promise<number> {
  const afterBound = delay((boundSeconds + 15) * 1000, Number.POSITIVE_INFINITY, { ref: false });
  return Promise.race([connection.lastSuccess, afterBound]);
}

/** The client, with a certificate of its own intermediate. */
async function certify(
  { knownClients, otherIntermediates = {} }: Meshes,
  serialNumber: string,
): Promise<{ readonly client: KnownClient; readonly credential: Credential }> {
  const client = knownClients.find(({ dnsName }) => dnsName.startsWith(`${NAME}.`));
  const ca = client && otherIntermediates[client.dnsName];
  if (!ca) throw new Error(`The lab must have the intermediate of the client ${NAME}`);
  const leaf = validLeaf({
    usage: "clientAuth",
    dnsNames: [client.dnsName],
    uris: [client.uri],
  });
  const authority = await readAuthority(ca.certPem, ca.privateKeyPem);
  return { client, credential: await issue({ ...leaf, serialNumber }, authority) };
}
