import type { Check } from "../../../checks/check";
import type { Meshes } from "../../../checks/meshes";
import { discoverMeshes } from "../../../checks/runner/discover";
import { failures } from "../../../checks/runner/report";
import { runChecks } from "../../../checks/runner/run";
import { selectChecks } from "../../../checks/runner/select";
import { checks } from "../../../checks/suites";
import { clientPod } from "../../../checks/toolkit/pods/container";
import { curl, describeCurl } from "../../../checks/toolkit/pods/curl";
import { until } from "../../process/until";
import type { ConfigValue } from "../../program/config-value";
import { LAB_SERVICES } from "../../program/lab-clients";
import { GATEWAY_VALUES } from "../../program/lab-config";
import { runOperation } from "../../program/run-operation";
import { openBeside, setConfig } from "../../program/stack";
import { expectFromClient } from "../expect-from-client";
import type { Stage, Story } from "../story";

/** Name of the second server, of its stack, and of its namespace. */
const WAREHOUSE = "warehouse";
const HOST = "warehouse.example.com";

/** The second server. It has its own root, and runs in the client's cluster, because the lab has no third one. */
export const SECOND_SERVER: Readonly<Record<string, ConfigValue>> = {
  existingIstio: { revision: "default" },
  istioValues: { gateway: GATEWAY_VALUES },
  rootCommonName: "example.com",
  trustDomain: "warehouse.example.com",
  namespace: WAREHOUSE,
  services: [{ host: HOST, namespace: WAREHOUSE, service: "httpbin", port: 8000 }],
  clients: [
    { name: "client", dnsName: "client.example.com", trustDomain: "client.demodomain21.com" },
  ],
};

/** The client with both servers. `addresses` replaces those of the second one. */
export function callBoth(
  hosts: readonly string[],
  addresses: readonly object[] = [],
): Readonly<Record<string, ConfigValue>> {
  return { hosts, additionalServers: [{ name: WAREHOUSE, addresses }] };
}

/** Checks of the path to the second server. The others need a server in another cluster. */
const CHECKS = ["egress/callers", "egress/no-sidecar-cluster", "path/*"];

/**
 * The client calls a second server, with another root. The first server then gets a certificate for the second one's
 * host, and the client refuses it. Requests to the first server keep coming.
 */
export const twoServers: Story = {
  async tell({ stacks, meshes, load }) {
    const { server, client, context } = stacks;
    const kubeconfig = (await client.getConfig("kubeconfig")).value;
    const warehouse = await openBeside(server, WAREHOUSE, {
      config: SECOND_SERVER,
      secrets: { kubeconfig },
    });
    const url = `http://${HOST}/headers`;
    const update = async (config: Readonly<Record<string, ConfigValue>>) => {
      await setConfig(client, config);
      await runOperation(client, "up", context);
    };

    load.begin("a second server");
    await runOperation(warehouse, "up", context);
    await update(callBoth(meshes.hosts));
    await expectFromClient(meshes, "200", [url]);
    await requireNoChanges(stacks);
    await requireChecks(meshes, context.signal);

    load.begin("the first server with the second one's name");
    await setConfig(server, {
      services: [
        ...LAB_SERVICES,
        { host: HOST, namespace: "httpbin", service: "httpbin", port: 8000 },
      ],
    });
    await runOperation(server, "up", context);
    const { address, port } = meshes.ingress;
    await update(callBoth(meshes.hosts, [{ address, port }]));
    await requireRefused(meshes, url);

    load.begin("the second server again");
    await update(callBoth(meshes.hosts));
    await expectFromClient(meshes, "200", [url]);

    load.begin("without it");
    await update({ hosts: [], additionalServers: [] });
    await setConfig(server, { services: LAB_SERVICES });
    await runOperation(server, "up", context);
    await runOperation(warehouse, "destroy", context);
    await load.untilSteady();
  },
};

/** @throws Error when a second update would change something */
async function requireNoChanges({ client, context }: Stage["stacks"]): Promise<void> {
  const changes = await runOperation(client, "preview", context);
  if (Object.keys(changes).length === 0) return;
  throw new Error(
    `A preview right after the update must find no changes (got ${JSON.stringify(changes)})`,
  );
}

/** @throws Error that lists the checks of the path to the second server that failed */
async function requireChecks({ client }: Meshes, signal: AbortSignal): Promise<void> {
  const { kubectl } = client;
  const meshes = await discoverMeshes(
    { name: "server", kubectl },
    { name: "client", kubectl },
    { enforcesNetworkPolicy: true },
  );
  const results = [];
  const selected: readonly Check[] = selectChecks(checks, CHECKS);
  for await (const result of runChecks(selected, meshes, { signal })) results.push(result);
  const failed = failures(results);
  if (failed.length === 0) return;
  const lines = failed.map(({ slug, observed }) => `  ${slug}: ${observed}`);
  throw new Error(`These checks of the second server failed:\n${lines.join("\n")}`);
}

/** Waits until the egress gateway refuses the certificate of the server that it reaches. */
async function requireRefused(meshes: Meshes, url: string): Promise<void> {
  await until("the wrong server is refused", async () => {
    const result = await curl(clientPod(meshes), [url]);
    const isRefused =
      result.kind === "answer" &&
      result.status === 503 &&
      result.body.includes("CERTIFICATE_VERIFY_FAILED");
    if (isRefused) return true;
    const body = result.kind === "answer" ? `: ${result.body}` : "";
    throw new Error(`got ${describeCurl(result)}${body}`);
  });
}
