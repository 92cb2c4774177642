import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import type { ClientIntermediate } from "../components/pki/cert-hierarchy";
import {
  dnsName,
  endpointAddress,
  flag,
  nonEmpty,
  nonEmptyList,
  objectName,
  port,
  principal,
  unique,
  uniqueBy,
} from "../validation/fields";
import { wrongType } from "../validation/messages";
import { formatPath, problemsOf } from "../validation/problem";
import { isSecretLike, quote } from "../validation/show";
import { readStackOutputs } from "./stack-outputs";

/** A client mesh that the server admits. Contains no secret. */
const clientOutput = z.object({
  /** Name of the client in the server's configuration (DNS label). */
  name: objectName,
  /** DNS name (SAN) that the certificate of the client's gateway must have. */
  dnsName,
  /** Identity that the certificate of the client's gateway must have: a SPIFFE ID without `spiffe://`. */
  principal,
  /** Hosts that the client may call (DNS names). Servers of earlier versions let each client call every host. */
  hosts: nonEmptyList(
    dnsName,
    "the server must let the client call at least one host",
  ).exactOptional(),
  /** Whether the server refuses the client for now. */
  suspended: flag.default(false),
});

/** A client mesh that the server admits. */
export type ClientOutput = Readonly<z.output<typeof clientOutput>>;

/** An output that is a secret in the server's stack. */
class SecretOutput {
  readonly value: unknown;

  constructor(value: unknown) {
    this.value = value;
  }
}

/** Accepts only a plain output: the client reads it before it registers resources. */
function plain<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess((output, context) => {
    if (output instanceof SecretOutput) context.addIssue("must not be a secret");
    return output;
  }, schema);
}

/** A private key. */
const secretKey = z.unknown().superRefine((output, context) => {
  if (!(output instanceof SecretOutput)) {
    context.addIssue("must be a secret: it is a private key");
  } else if (typeof output.value !== "string") {
    // The engine gives an empty object in place of a secret that it cannot decrypt.
    context.addIssue(
      "cannot be decrypted: run Pulumi with the passphrase or the key that encrypts the server's stack",
    );
  }
});

/**
 * The plain outputs of the server stack, as a client reads them. They are flat: one secret inside an object would make
 * the whole object secret (pulumi/pulumi#17422).
 */
const plainOutputs = z.object({
  /** Where clients connect: an IP address or a DNS name. */
  ingressAddress: plain(endpointAddress),
  /** All addresses. Absent from servers of earlier versions. */
  ingressAddresses: plain(z.array(endpointAddress).readonly()).optional(),
  /** Port that clients connect to. */
  ingressPort: plain(port),
  /** Hosts that the server serves (DNS names). */
  hosts: plain(
    nonEmptyList(dnsName, "the server must offer at least one host").superRefine(unique),
  ),
  /** Trust anchors of all meshes (PEM): the root that signs, followed by the others. */
  rootCertPem: plain(nonEmpty),
  /** Revocation lists of all CAs (PEM). Absent when nothing is revoked. */
  crlPem: plain(nonEmpty).optional(),
  /** The admitted clients. */
  clients: plain(
    nonEmptyList(clientOutput, "the server must admit at least one client").superRefine(
      uniqueBy("name"),
    ),
  ),
});

type PlainOutputs = z.output<typeof plainOutputs>;

/** What the server stack records. Values that the engine learns during an update are outputs. */
export interface ServerOutputs extends Pick<PlainOutputs, "hosts" | "clients"> {
  readonly ingressAddress: pulumi.Input<string>;
  readonly ingressAddresses: pulumi.Input<string[]>;
  readonly ingressPort: pulumi.Input<number>;
  readonly rootCertPem: pulumi.Input<string>;
  /** Numbers of the program's roots that the meshes trust. The next update compares them with its own. */
  readonly trustedRoots?: readonly number[];
  /** Number of the root that signs. */
  readonly signingRoot?: number;
  /** Revocation lists of all CAs (PEM). Absent when nothing is revoked. */
  readonly crlPem?: pulumi.Input<string>;
  /** The server mesh's intermediate CA (PEM). No client needs it. */
  readonly serverCaCertPem: pulumi.Input<string>;
}

/** Name of the output with a client's intermediate certificate (PEM). */
const caCertOutput = (client: string) => `clientCaCertPem-${client}`;

/** Name of the secret output with a client's intermediate key (PEM). Absent when the client made the key. */
const caKeyOutput = (client: string) => `clientCaKeyPem-${client}`;

/** The server stack's outputs: the plain ones, and two for each client's intermediate. */
export function serverOutputs(
  outputs: ServerOutputs,
  intermediates: readonly ClientIntermediate[],
): ServerOutputs & Record<string, unknown> {
  const handedOver = intermediates.flatMap(({ name, certPem, privateKeyPem }) => [
    [caCertOutput(name), certPem] as const,
    ...(privateKeyPem ? [[caKeyOutput(name), pulumi.secret(privateKeyPem)] as const] : []),
  ]);
  return { ...outputs, ...Object.fromEntries(handedOver) };
}

/** The server as one of its clients knows it. */
export interface Server {
  /** Where clients connect: an IP address or a DNS name. */
  readonly ingressAddress: pulumi.Output<string>;
  /** Other addresses of the same ingress gateway. */
  readonly otherAddresses: readonly pulumi.Output<string>[];
  /** Port that clients connect to. */
  readonly ingressPort: pulumi.Output<number>;
  /** Hosts that this client may call (DNS names). */
  readonly hosts: readonly string[];
  /** Hosts that the server serves, some of them perhaps for other clients (DNS names). */
  readonly servedHosts: readonly string[];
  /** Trust anchors of all meshes (PEM): the root that signs, followed by the others. */
  readonly rootCertPem: pulumi.Output<string>;
  /** Revocation lists of all CAs (PEM). Absent when nothing is revoked. */
  readonly crlPem?: pulumi.Output<string>;
  /** This client, as the server admits it. */
  readonly client: ClientOutput;
  /** The client mesh's intermediate certificate (PEM). Absent when a PKI signs each mesh's own. */
  readonly caCertPem?: pulumi.Output<string>;
  /** The key of that intermediate (PEM), a secret. Absent when the server did not make it. */
  readonly caPrivateKeyPem?: pulumi.Output<string>;
}

/** Where the configuration names a server, for messages. */
export interface ServerKeys {
  /** The key with the name of its stack. */
  readonly stack: string;
  /** The key with the name of this client in the server's `clients`. */
  readonly clientName: string;
}

const FIRST_SERVER: ServerKeys = { stack: "serverStack", clientName: "clientName" };

/**
 * Reads what the server's stack says to this client. It waits for all of it, so that a wrong server stops the stack
 * before it registers any resource.
 *
 * @param stack - the server's stack in full: organization/project/stack
 * @throws RunError that names the stack, every wrong output and the remedy
 */
export async function readServer(
  stack: string,
  clientName: string,
  keys: ServerKeys = FIRST_SERVER,
): Promise<Server> {
  await requireStack(stack, keys);
  const reference = new pulumi.StackReference(stack);
  const caCert = caCertOutput(clientName);
  const caKey = caKeyOutput(clientName);

  const {
    ingressAddresses = [],
    hosts,
    clients,
    crlPem,
  } = await readOutputs(reference, stack, plainOutputs, keys);
  const client = clients.find(({ name }) => name === clientName);
  if (!client) {
    const admitted = clients.map(({ name }) => `"${name}"`).join(", ");
    throw new pulumi.RunError(
      `The server's stack ${quote(stack)} does not admit a client ${quote(clientName)} (it admits ${admitted}). Add it to the ` +
        `server's \`clients\` and run ${upCommand(stack)}, or change this stack's \`${keys.clientName}\`. Nothing was created.`,
    );
  }
  const found = await Promise.all([caCert, caKey].map((name) => reference.getOutputDetails(name)));
  const intermediate = found.some((each) => (each.value ?? each.secretValue) !== undefined)
    ? await readOutputs(
        reference,
        stack,
        z.object({ [caCert]: plain(nonEmpty), [caKey]: secretKey.optional() }),
        keys,
      )
    : {};

  // Read again as outputs: the state then shows which resources depend on the server's stack, and what is secret stays so.
  const text = (name: string) => reference.requireOutput(name) as pulumi.Output<string>;
  return {
    ingressAddress: text("ingressAddress"),
    otherAddresses: ingressAddresses
      .slice(1)
      .map((known, index) =>
        (reference.getOutput("ingressAddresses") as pulumi.Output<string[] | undefined>).apply(
          (addresses) => addresses?.[index + 1] ?? known,
        ),
      ),
    ingressPort: reference.requireOutput("ingressPort") as pulumi.Output<number>,
    hosts: client.hosts ?? hosts,
    servedHosts: hosts,
    rootCertPem: text("rootCertPem"),
    ...(crlPem !== undefined && { crlPem: text("crlPem") }),
    client,
    ...(intermediate[caCert] !== undefined && { caCertPem: text(caCert) }),
    ...(intermediate[caKey] !== undefined && { caPrivateKeyPem: text(caKey) }),
  };
}

/**
 * Requires that there is such a stack. Otherwise the engine ends the program with "unknown stack", which does not say
 * what to run.
 */
async function requireStack(stack: string, keys: ServerKeys): Promise<void> {
  try {
    await readStackOutputs(stack);
  } catch (error) {
    if (!String(error).includes("unknown stack")) throw error;
    throw new pulumi.RunError(
      `The server's stack ${quote(stack)} does not exist. ${remedy(stack, keys)} Nothing was created.`,
    );
  }
}

function remedy(stack: string, { stack: key }: ServerKeys): string {
  return `Run ${upCommand(stack)} first, or set \`${key}\` to the stack that is the server.`;
}

/** The command that updates a server's stack, for messages. A stack of this project is named as its users name it. */
export function upCommand(stack: string): string {
  const own = `${pulumi.getOrganization()}/${pulumi.getProject()}/`;
  const name = stack.startsWith(own) ? stack.slice(own.length) : stack;
  return `\`pulumi up -s ${isSecretLike(name) ? "STACK" : name}\``;
}

/** Reads and checks the outputs that `schema` names. Messages never show a value that is a secret. */
async function readOutputs<Shape extends z.ZodRawShape>(
  reference: pulumi.StackReference,
  stack: string,
  schema: z.ZodObject<Shape>,
  keys: ServerKeys,
): Promise<z.output<z.ZodObject<Shape>>> {
  const outputs: Record<string, unknown> = {};
  for (const name of Object.keys(schema.shape)) {
    const details = await reference.getOutputDetails(name);
    const output: unknown =
      details.secretValue === undefined ? details.value : new SecretOutput(details.secretValue);
    if (output !== undefined) outputs[name] = output;
  }
  if (Object.keys(outputs).length === 0) {
    throw new pulumi.RunError(
      `The server's stack ${quote(stack)} has none of the outputs of this program's server. ${remedy(stack, keys)} Nothing was created.`,
    );
  }
  const parsed = schema.safeParse(outputs, { error: wrongType });
  if (parsed.success) return parsed.data;
  const lines = problemsOf(parsed.error).map(
    ({ path, message }) => `${formatPath(path)}: ${message}`,
  );
  throw new pulumi.RunError(
    `The server's stack ${quote(stack)} has wrong outputs. Nothing was created.\n  ${lines.join("\n  ")}\n` +
      `Set \`${keys.stack}\` to a stack of this program with role server. A stack in between must pass the server's outputs on unchanged.`,
  );
}
