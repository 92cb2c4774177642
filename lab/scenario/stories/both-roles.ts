import type * as auto from "@pulumi/pulumi/automation";

import type { ConfigValue } from "../../program/config-value";
import { GATEWAY_VALUES } from "../../program/lab-config";
import { runOperation } from "../../program/run-operation";
import { openBeside } from "../../program/stack";
import { discoverPath, requireChecks } from "../path-of-stack";
import type { Story } from "../story";

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
    const ends = { server: meshes.client.kubectl, client: meshes.server.kubectl };
    const path = await discoverPath(ends, otherServer, {
      name: CLIENT,
      dnsName: `${CLIENT}.example.com`,
    });
    await requireChecks(path, context, "In the other direction, all checks must pass");

    load.begin("without it");
    await runOperation(otherClient, "destroy", context);
    await runOperation(otherServer, "destroy", context);
    await load.untilSteady();
  },
};

async function readKubeconfig(stack: auto.Stack): Promise<string> {
  return (await stack.getConfig("kubeconfig")).value;
}
