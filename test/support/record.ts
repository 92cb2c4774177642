import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";

import { computed } from "./computed";

/** A resource as a program asked for it, with secrets opened. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  readonly options: RecordedOptions;
  readonly urn: string;
  /** URNs of all that the engine deletes only after this: what it depends on, its parent, its provider. */
  readonly outlivedBy: readonly string[];
}

/** Options of a recorded resource, as far as they reach the engine. What was not set is not there. */
export interface RecordedOptions {
  /** Name of the parent, where it is not the stack. */
  readonly parent?: string;
  /** Names of the resources after which the engine creates this one, asked for or by way of its inputs. Sorted. */
  readonly dependsOn?: readonly string[];
  /** Name of the provider, where it is not the default one. */
  readonly provider?: string;
  readonly protect?: true;
  readonly deleteBeforeReplace?: true;
  readonly retainOnDelete?: true;
  /** Name of the resource whose deletion takes this one along. */
  readonly deletedWith?: string;
  readonly ignoreChanges?: readonly string[];
  readonly additionalSecretOutputs?: readonly string[];
  /** Names of the inputs that hold a secret, at any depth. */
  readonly secretInputs?: readonly string[];
}

/** What stands in for the world around the program. */
export interface RecordOptions {
  /** @default "istio-mtls" */
  readonly project?: string;
  /** @default "test" */
  readonly stack?: string;
  /** The stack's configuration, keys without the project. */
  readonly config?: Readonly<Record<string, string>>;
  /** Outputs of other stacks, by the name that the program refers to them by; wrap one by `pulumi.secret`. */
  readonly stacks?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Answers to calls of provider functions, by token. Any other call fails the test. */
  readonly calls?: Readonly<Record<string, (inputs: Record<string, unknown>) => object>>;
}

/** Runs `program` without an engine and returns all that it registered, in the order of registration. */
export async function record(
  program: () => unknown,
  options: RecordOptions = {},
): Promise<readonly Recorded[]> {
  const { project = "istio-mtls", stack = "test", config = {}, stacks = {}, calls = {} } = options;
  const resources: Recorded[] = [];
  let request: RegisterResourceRequest | undefined;

  pulumi.runtime.setAllConfig(
    Object.fromEntries(Object.entries(config).map(([key, value]) => [`${project}:${key}`, value])),
  );
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => {
        if (type === STACK_REFERENCE) return referenced(id ?? name, stacks);
        const given = inputs as Record<string, unknown>;
        const opened = openSecrets(given) as Record<string, unknown>;
        resources.push({
          type,
          name,
          inputs: opened,
          options: optionsOf(request, given),
          urn: monitor.newUrn(request?.getParent() ?? "", type, name),
          outlivedBy: outlivedBy(request),
        });
        return { id: `${name}-id`, state: { ...opened, ...computed(type, name, opened) } };
      },
      call: ({ token, inputs }) => {
        const answer = calls[token];
        if (!answer) throw new Error(`unexpected call of ${token}`);
        return answer(openSecrets(inputs) as Record<string, unknown>);
      },
    },
    project,
    stack,
    false,
    "organization",
  );
  // The mocks see no options; the request that carries them is at hand while the monitor calls `newResource`.
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (asked, ...rest) => {
    request = asked;
    return register(asked, ...rest);
  };

  await withoutStackTraces(async () => {
    await program();
    await pulumi.runtime.disconnect(); // drains every pending registration
  });
  return resources;
}

/**
 * Pulumi reads a stack trace for each promise and each resource. Vitest maps each frame of it to the sources, which
 * takes more than half of the time of a recording. An error that leaves the program still has its frames, because they
 * are formatted when they are read.
 */
async function withoutStackTraces(work: () => Promise<void>): Promise<void> {
  const format = Error.prepareStackTrace;
  Error.prepareStackTrace = String;
  try {
    await work();
  } finally {
    Error.prepareStackTrace = format;
  }
}

/** The one resource of that name, or an error that lists the names there are. */
export function named(resources: readonly Recorded[], name: string): Recorded {
  const found = resources.filter((resource) => resource.name === name);
  if (found.length === 1 && found[0]) return found[0];
  const names = resources.map((resource) => `${resource.type} ${resource.name}`).join("\n  ");
  throw new Error(`${found.length} resources are named ${name}; there are\n  ${names}`);
}

/** The value of an output, once `record` has returned. */
export function valueOf<Value>(output: pulumi.Output<Value>): Promise<Value> {
  return new Promise((resolve) => {
    output.apply((value) => {
      resolve(value);
    });
  });
}

interface Monitor {
  newUrn(parent: string, type: string, name: string): string;
  registerResource(request: RegisterResourceRequest, ...rest: unknown[]): unknown;
}

const STACK_REFERENCE = "pulumi:pulumi:StackReference";

function referenced(name: string, stacks: NonNullable<RecordOptions["stacks"]>) {
  const outputs = stacks[name];
  if (!outputs) throw new Error(`unexpected reference to stack ${name}`);
  const secretOutputNames = Object.keys(outputs).filter((key) =>
    pulumi.Output.isInstance(outputs[key]),
  );
  return { id: name, state: { name, outputs, secretOutputNames } };
}

function optionsOf(
  request: RegisterResourceRequest | undefined,
  inputs: Record<string, unknown>,
): RecordedOptions {
  if (!request) return {};
  const parent = request.getParent();
  const dependsOn = [...new Set(request.getDependenciesList().map(nameOf))].sort();
  const provider = providerUrn(request);
  const deletedWith = request.getDeletedwith();
  const ignoreChanges = request.getIgnorechangesList();
  const additionalSecretOutputs = request.getAdditionalsecretoutputsList();
  const secretInputs = Object.keys(inputs).filter((key) => holdsSecret(inputs[key]));
  return {
    ...(parent !== "" && !parent.includes("::pulumi:pulumi:Stack::") && { parent: nameOf(parent) }),
    ...(dependsOn.length > 0 && { dependsOn }),
    ...(provider !== "" && { provider: nameOf(provider) }),
    ...(request.getProtect() && { protect: true }),
    ...(request.getDeletebeforereplace() && { deleteBeforeReplace: true }),
    ...(request.getRetainondelete() && { retainOnDelete: true }),
    ...(deletedWith !== "" && { deletedWith: nameOf(deletedWith) }),
    ...(ignoreChanges.length > 0 && { ignoreChanges }),
    ...(additionalSecretOutputs.length > 0 && { additionalSecretOutputs }),
    ...(secretInputs.length > 0 && { secretInputs }),
  };
}

function outlivedBy(request: RegisterResourceRequest | undefined): string[] {
  if (!request) return [];
  return [
    request.getParent(),
    providerUrn(request),
    request.getDeletedwith(),
    ...request.getDependenciesList(),
  ].filter((urn) => urn !== "");
}

/** A provider is referred to by its URN and its id. */
function providerUrn(request: RegisterResourceRequest): string {
  const provider = request.getProvider();
  return provider.slice(0, Math.max(0, provider.lastIndexOf("::")));
}

/** The logical name at the end of a URN. */
function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}

function holdsSecret(value: unknown): boolean {
  if (pulumi.runtime.isRpcSecret(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(holdsSecret);
}

function openSecrets(value: unknown): unknown {
  if (pulumi.runtime.isRpcSecret(value)) return openSecrets(pulumi.runtime.unwrapRpcSecret(value));
  if (Array.isArray(value)) return value.map(openSecrets);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, openSecrets(v)]));
}
