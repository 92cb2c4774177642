import type * as auto from "@pulumi/pulumi/automation";

import type { Meshes } from "../../../checks/meshes";
import { discoverMeshes } from "../../../checks/runner/discover";
import { failures } from "../../../checks/runner/report";
import type { ConfigValue } from "../../program/config-value";
import { GATEWAY_VALUES } from "../../program/lab-config";
import { runOperation } from "../../program/run-operation";
import { openBeside } from "../../program/stack";
import type { Stage, Story } from "../story";
import { runAllChecks } from "../verify";

const SERVER_STACK = "other-server";
const CLIENT = "orders";
const HOST = "warehouse.example.com";

/** Both further stacks use the Istio that the lab's own stacks have installed. */
const COMMON = {
  existingIstio: { revision: "default" },
  istioValues: { gateway: GATEWAY_VALUES },
};

/** A server in the client's mesh. */
export const OTHER_SERVER: Readonly<Record<string, ConfigValue>> = {
  ...COMMON,
  trustDomain: "other-server.example.com",
  namespace: "warehouse",
  services: [{ host: HOST, namespace: "warehouse", service: "httpbin", port: 8000 }],
  clients: [
    {
      name: CLIENT,
      dnsName: `${CLIENT}.example.com`,
      trustDomain: `${CLIENT}.example.com`,
      namespace: CLIENT,
    },
  ],
};

/** Its client in the server's mesh. */
export const OTHER_CLIENT: Readonly<Record<string, ConfigValue>> = {
  ...COMMON,
  trustDomain: `${CLIENT}.example.com`,
  namespace: CLIENT,
  serverStack: SERVER_STACK,
  clientName: CLIENT,
};

/**
 * Each mesh gets a stack of the other role. All checks pass in the other direction too, while requests keep coming in the
 * first one.
 */
export const bothRoles: Story = {
  async tell({ stacks, meshes, load }) {
    const { server, client, context } = stacks;
    const [kubeconfigOfServer, kubeconfigOfClient] = [
      await readKubeconfig(server),
      await readKubeconfig(client),
    ];
    const otherServer = await openBeside(server, SERVER_STACK, {
      config: OTHER_SERVER,
      secrets: { kubeconfig: kubeconfigOfClient },
    });
    const otherClient = await openBeside(client, "other-client", {
      config: OTHER_CLIENT,
      secrets: { kubeconfig: kubeconfigOfServer },
    });

    load.begin("the other direction");
    await runOperation(otherServer, "up", context);
    await runOperation(otherClient, "up", context);
    await requireChecks(await discoverOtherDirection(meshes, otherServer), context);

    load.begin("without it");
    await runOperation(otherClient, "destroy", context);
    await runOperation(otherServer, "destroy", context);
    await load.untilSteady();
  },
};

async function readKubeconfig(stack: auto.Stack): Promise<string> {
  return (await stack.getConfig("kubeconfig")).value;
}

/** The server is in the client's cluster, and its client in the server's. */
async function discoverOtherDirection(
  { server, client }: Meshes,
  otherServer: auto.Stack,
): Promise<Meshes> {
  const outputs = await otherServer.outputs();
  const pem = (name: string) => String(outputs[`${name}-${CLIENT}`]?.value);
  return discoverMeshes(
    { name: "server", kubectl: client.kubectl },
    { name: "client", kubectl: server.kubectl },
    {
      enforcesNetworkPolicy: true,
      otherIntermediates: {
        [`${CLIENT}.example.com`]: {
          certPem: pem("clientCaCertPem"),
          privateKeyPem: pem("clientCaKeyPem"),
        },
      },
    },
  );
}

/** @throws Error that lists the checks that failed */
async function requireChecks(meshes: Meshes, context: Stage["stacks"]["context"]): Promise<void> {
  const failed = failures(await runAllChecks(meshes, context));
  if (failed.length === 0) return;
  const lines = failed.map(({ slug, observed }) => `  ${slug}: ${observed}`);
  throw new Error(`In the other direction, all checks must pass:\n${lines.join("\n")}`);
}
