import * as pulumi from "@pulumi/pulumi";

import { client } from "../../stacks/client";
import { server } from "../../stacks/server";
import { clientConfig, serverConfig, type Settings } from "./config";
import { record, type Recorded, type RecordOptions } from "./record";
import { SIGNED_INTERMEDIATE } from "./signed-intermediate";

const KUBECONFIG = "apiVersion: v1\nkind: Config\nclusters: []\n";
const ON_A_CLUSTER = { cluster: "kubeconfig", kubeconfig: KUBECONFIG };

/** Outputs of a deployed server that admits `client` with the identity of the committed client stack. */
export const serverIsUp: Readonly<Record<string, unknown>> = {
  ingressAddress: "203.0.113.64",
  ingressPort: 443,
  hosts: ["application.demodomain21.com"],
  rootCertPem: "ROOT",
  serverCaCertPem: "SERVER CA",
  clients: [
    {
      name: "client",
      dnsName: "client.demodomain21.com",
      principal: "client.demodomain21.com/ns/httpbin/sa/istio-egressgateway",
    },
  ],
  "clientCaCertPem-client": "CLIENT CA",
  "clientCaKeyPem-client": pulumi.secret("CLIENT CA KEY"),
};

/** A server that admits the identity of a shared gateway. */
export const admitsShared = {
  ...serverIsUp,
  clients: [
    {
      name: "client",
      dnsName: "client.demodomain21.com",
      principal: "client.demodomain21.com/ns/istio-system/sa/istio-egressgateway",
    },
  ],
};

/** Outputs of the same server after it signed the client's own request. */
export const serverHasSigned: Readonly<Record<string, unknown>> = {
  ...serverIsUp,
  "clientCaCertPem-client": SIGNED_INTERMEDIATE,
  "clientCaKeyPem-client": undefined,
};

/** A recorded stack: the resources that it registered, and its outputs. */
export interface RecordedStack {
  readonly resources: readonly Recorded[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * Records the server's stack on an existing cluster, with `settings` over the committed configuration. `previous` has the
 * outputs of its last update.
 */
export async function recordServer(
  settings: Settings = {},
  previous: Readonly<Record<string, unknown>> = {},
): Promise<RecordedStack> {
  let outputs: Record<string, unknown> = {};
  const resources = await record(
    async () => {
      outputs = await server(serverConfig({ ...ON_A_CLUSTER, ...settings }));
    },
    { stack: "server", calls: answerOwnOutputs(previous) },
  );
  return { resources, outputs };
}

/** Answers the program when it asks for the outputs of its own stack. */
export function answerOwnOutputs(outputs: Readonly<Record<string, unknown>> = {}) {
  return { "pulumi:pulumi:readStackOutputs": () => ({ outputs }) };
}

/** Outputs of another stack, by name. Wrap a secret one in `pulumi.secret`. */
export type OtherStack = Readonly<Record<string, unknown>> | "no server";

/** Further servers' stacks, by name: of this project, or in full. */
export type FurtherStacks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/**
 * Records the client's stack on an existing cluster. `beside` has the outputs of the server's stack, `further` those of
 * others.
 */
export async function recordClient(
  settings: Settings = {},
  beside: OtherStack = serverIsUp,
  further: FurtherStacks = {},
): Promise<RecordedStack> {
  let outputs: Record<string, unknown> = {};
  const resources = await record(
    async () => {
      outputs = await client(clientConfig({ ...ON_A_CLUSTER, ...settings }));
    },
    besideServers(beside, further),
  );
  return { resources, outputs };
}

/** Records a client's stack that fails: its error message, and the resources that it registered before. */
export async function recordRefusedClient(
  settings: Settings,
  beside: OtherStack,
  further: FurtherStacks = {},
): Promise<{ readonly message: string; readonly resources: readonly Recorded[] }> {
  let message = "";
  const resources = await record(
    async () => {
      try {
        await client(clientConfig({ ...ON_A_CLUSTER, ...settings }));
      } catch (error) {
        message = (error as Error).message;
      }
    },
    besideServers(beside, further),
  );
  return { message, resources };
}

/** Stands in for servers' stacks with these outputs, or for none. */
function besideServers(beside: OtherStack, further: FurtherStacks): RecordOptions {
  const byName = beside === "no server" ? further : { server: beside, ...further };
  const stacks = Object.fromEntries(
    Object.entries(byName).map(([name, outputs]) => [
      name.includes("/") ? name : `organization/istio-mtls/${name}`,
      outputs,
    ]),
  );
  return {
    stack: "client",
    stacks,
    calls: {
      "pulumi:pulumi:readStackOutputs": ({ name }) => {
        if (name === "organization/istio-mtls/client") return { outputs: {} };
        const outputs = stacks[String(name)];
        if (outputs) return { outputs };
        // A gRPC error has the engine's message in its details.
        throw Object.assign(new Error(), { details: `unknown stack "${String(name)}"` });
      },
    },
  };
}
