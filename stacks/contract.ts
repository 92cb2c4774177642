import * as pulumi from "@pulumi/pulumi";

/** A client mesh that the server admits, as its stack's output tells. Holds no secret. */
export interface AdmittedClientOutput {
  readonly name: string;
  /** DNS name that the client's gateway must have in its certificate. */
  readonly dnsName: string;
  /** Identity that the client's gateway must have in its certificate, without `spiffe://`. */
  readonly principal: string;
}

/**
 * Outputs of the server's stack: the contract with its clients. Flat, because one secret inside an object would make
 * the whole object secret (pulumi/pulumi#17422).
 */
export interface ServerOutputs {
  /** Where clients connect: IP address or DNS name. */
  readonly ingressAddress: pulumi.Input<string>;
  /** Port that clients connect to. */
  readonly ingressPort: pulumi.Input<number>;
  /** Hosts that clients may call (DNS names). */
  readonly hosts: readonly string[];
  /** The trust anchor of both meshes (PEM). */
  readonly rootCertPem: pulumi.Input<string>;
  /** The server mesh's intermediate CA (PEM). */
  readonly serverCaCertPem: pulumi.Input<string>;
  /** The admitted clients. */
  readonly clients: readonly AdmittedClientOutput[];
}

/** Name of the output with a client's intermediate certificate (PEM). */
export function clientCaCertOutput(client: string): string {
  return `clientCaCertPem-${client}`;
}

/** Name of the secret output with a client's intermediate key (PEM); absent where the client made its own. */
export function clientCaKeyOutput(client: string): string {
  return `clientCaKeyPem-${client}`;
}

/** The part of the server's outputs that a client can rely on before any of its resources exist. */
export interface KnownServer {
  readonly hosts: readonly string[];
  readonly client: AdmittedClientOutput;
  /** Whether the server made the key of this client's intermediate, rather than sign a request of the client's. */
  readonly handsOverKey: boolean;
}

/**
 * The server's stack, once it is known to exist: reading one that does not would end in the engine's bare
 * "unknown stack", with no word of what to run.
 *
 * @throws Error that says what to run, when there is no such stack
 */
export async function serverReference(stack: string): Promise<pulumi.StackReference> {
  try {
    await pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", { name: stack });
  } catch (error) {
    if (!String(error).includes("unknown stack")) throw error;
    throw notUp(stack, "does not exist");
  }
  return new pulumi.StackReference(stack);
}

function notUp(stack: string, what: string): Error {
  return new pulumi.RunError(
    `The server's stack "${stack}" ${what}: run \`pulumi up -s server\` first, or name the right stack by ` +
      "`pulumi config set serverStack`. Nothing was created.",
  );
}

/**
 * What the server says about this client, awaited so that a wrong set-up stops before anything is created.
 *
 * @throws Error that says what to run, when the server's stack is not up or does not admit the client
 */
export async function knownServer(
  reference: pulumi.StackReference,
  stack: string,
  clientName: string,
): Promise<KnownServer> {
  const hosts = await plain<readonly string[]>(reference, "hosts");
  const clients = await plain<readonly AdmittedClientOutput[]>(reference, "clients");
  if (hosts === undefined || clients === undefined) {
    throw notUp(stack, "has no outputs yet");
  }
  const client = clients.find(({ name }) => name === clientName);
  if (client === undefined) {
    const admitted = clients.map(({ name }) => `"${name}"`).join(", ");
    throw new pulumi.RunError(
      `The server's stack "${stack}" does not admit a client "${clientName}" (it admits ${admitted}): add it to the server's ` +
        "key `clients` and run `pulumi up -s server`, or set this stack's `clientName`.",
    );
  }
  const key = await reference.getOutputDetails(clientCaKeyOutput(clientName));
  return { hosts, client, handsOverKey: key.secretValue !== undefined };
}

async function plain<Value>(
  reference: pulumi.StackReference,
  output: string,
): Promise<Value | undefined> {
  const details = await reference.getOutputDetails(output);
  return details.value as Value | undefined;
}
