import type { Check } from "../../../checks/check";
import type { Meshes } from "../../../checks/meshes";
import { checks } from "../../../checks/suites";
import { requireOutput } from "../../../checks/toolkit/kubectl";
import { clientPod, PROXY_CONTAINER } from "../../../checks/toolkit/pods/container";
import { curl, describeCurl } from "../../../checks/toolkit/pods/curl";
import { until } from "../../process/until";
import type { ConfigValue } from "../../program/config-value";
import { LAB_SERVICES } from "../../program/lab-clients";
import { GATEWAY_VALUES } from "../../program/lab-config";
import { runOperation } from "../../program/run-operation";
import { openBeside, setConfig } from "../../program/stack";
import { expectFromClient } from "../expect-from-client";
import { discoverPath, requireChecks } from "../path-of-stack";
import { requireNoChanges } from "../stacks";
import type { Story } from "../story";

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

/** Checks that need a server in another cluster: they expect that the NetworkPolicy or the trust domain tells it apart. */
const NEED_TWO_CLUSTERS: readonly Check["slug"][] = [
  "egress/direct-without-sidecar",
  "egress/direct-from-new-pod",
  "ingress/stolen-key-server-workload",
];

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
    await requireNoChanges(client, "preview", context);
    // Both ends are in one cluster.
    const { kubectl } = meshes.client;
    const path = await discoverPath({ server: kubectl, client: kubectl }, warehouse, {
      name: "client",
      dnsName: "client.example.com",
    });
    const selected = checks.filter(({ slug }) => !NEED_TWO_CLUSTERS.includes(slug));
    await requireChecks(path, context, "These checks of the second server failed", selected);

    load.begin("the first server with the second one's name");
    await setConfig(server, {
      services: [...LAB_SERVICES, { ...LAB_SERVICES[0], host: HOST }],
    });
    await runOperation(server, "up", context);
    const { address, port } = meshes.ingress;
    await update(callBoth(meshes.hosts, [{ address, port }]));
    await requireRefused(meshes, url);

    load.begin("the second server again");
    await update(callBoth(meshes.hosts));
    await expectFromClient(meshes, "200", [url]);

    load.begin("without it");
    await setConfig(server, { services: LAB_SERVICES });
    await runOperation(server, "up", context);
    // After the server, because it calls all hosts that the server has.
    await update({ hosts: [], additionalServers: [] });
    await runOperation(warehouse, "destroy", context);
    await load.untilSteady();
  },
};

/** Waits until the egress gateway answers with 503, and its log has the reason: the server's root is the other one. */
async function requireRefused(meshes: Meshes, url: string): Promise<void> {
  const { kubectl, egressGateway } = meshes.client;
  await until("the wrong server is refused", async () => {
    const observed = describeCurl(await curl(clientPod(meshes), [url]));
    const log = await requireOutput(kubectl, [
      ...["logs", "-n", egressGateway.namespace, "-l", egressGateway.selector],
      ...["-c", PROXY_CONTAINER, "--since=5s"],
    ]);
    const reasons = log.split("\n").filter((line) => line.includes(HOST));
    if (observed === "503" && reasons.some((line) => line.includes(OTHER_ROOT))) return true;
    throw new Error(
      `got ${observed}; the log of the egress gateway: ${reasons.at(-1) ?? "nothing"}`,
    );
  });
}

/** What Envoy logs about a certificate under a root that it does not trust. */
const OTHER_ROOT = "unable_to_get_local_issuer_certificate";
