import * as pulumi from "@pulumi/pulumi";

import { computed } from "./computed";
import { labelPem } from "./pki";
import {
  listOutlivers,
  openSecrets,
  type RecordedOptions,
  readOptions,
  type Request,
} from "./registration";

/** A resource as a program registered it, with its secrets in plain text. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  readonly options: RecordedOptions;
  readonly urn: string;
  /** URNs of the resources that the engine deletes only after this one: its dependencies, parent and provider. */
  readonly outlivedBy: readonly string[];
}

/** Stands in for the engine, the configuration and other stacks. */
export interface RecordOptions {
  /** @default "istio-mtls" */
  readonly project?: string;
  /** @default "test" */
  readonly stack?: string;
  /** The stack's configuration, keys without the project. */
  readonly config?: Readonly<Record<string, string>>;
  /** Outputs of other stacks, by the name in their stack reference. Wrap a secret one in `pulumi.secret`. */
  readonly stacks?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Results of provider functions, by token. A call of another function fails the test. */
  readonly calls?: Readonly<Record<string, (inputs: Record<string, unknown>) => object>>;
}

/** Runs `program` without an engine; returns the resources that it registered, in order. */
export async function record(
  program: () => unknown,
  options: RecordOptions = {},
): Promise<readonly Recorded[]> {
  const { project = "istio-mtls", stack = "test", config = {}, stacks = {}, calls = {} } = options;
  const resources: Recorded[] = [];
  let request: Request | undefined;

  pulumi.runtime.setAllConfig(
    Object.fromEntries(Object.entries(config).map(([key, value]) => [`${project}:${key}`, value])),
  );
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }) => {
        if (type === STACK_REFERENCE) return readStackReference(id ?? name, stacks);
        const rawInputs = inputs as Record<string, unknown>;
        const opened = openSecrets(rawInputs) as Record<string, unknown>;
        resources.push({
          type,
          name,
          inputs: labelPems(opened) as Record<string, unknown>,
          options: readOptions(request, rawInputs),
          urn: monitor.newUrn(request?.getParent() ?? "", type, name),
          outlivedBy: listOutlivers(request),
        });
        return { id: `${name}-id`, state: { ...opened, ...computed(type, name, opened) } };
      },
      call: ({ token, inputs }) => {
        const answer = calls[token];
        if (!answer) throw new Error(`unexpected call of ${token}: add it to "calls"`);
        return answer(openSecrets(inputs) as Record<string, unknown>);
      },
    },
    project,
    stack,
    false,
    "organization",
  );
  // The mocks do not get the options. The request has them, and the monitor calls `newResource` while it handles it.
  const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
  for (const method of ["registerResource", "readResource"] as const) {
    const ask = monitor[method].bind(monitor);
    monitor[method] = (asked, ...rest) => {
      request = asked;
      return ask(asked, ...rest);
    };
  }

  await withoutStackTraces(async () => {
    await program();
    await pulumi.runtime.disconnect(); // waits for every pending registration
  });
  return resources;
}

/**
 * Pulumi reads a stack trace for each promise and each resource. Vitest maps each frame of it to the sources, which
 * takes more than half of the time of a recording. An error that leaves the program still has its frames, because they
 * are formatted when they are read.
 */
async function withoutStackTraces(work: () => Promise<void>): Promise<void> {
  const format = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
  Error.prepareStackTrace = String;
  try {
    await work();
  } finally {
    Object.defineProperty(Error, "prepareStackTrace", format ?? { value: undefined });
  }
}

/**
 * Finds the resource with this name.
 *
 * @throws Error that lists all names, unless exactly one resource has it
 */
export function named(resources: readonly Recorded[], name: string): Recorded {
  const found = resources.filter((resource) => resource.name === name);
  if (found.length === 1 && found[0]) return found[0];
  const names = resources.map((resource) => `${resource.type} ${resource.name}`).join("\n  ");
  throw new Error(
    `exactly one resource must be named ${name} (got ${found.length}); all resources:\n  ${names}`,
  );
}

/** Reads the value of an output, after `record` has returned. */
export function valueOf<Value>(output: pulumi.Output<Value>): Promise<Value> {
  return new Promise((resolve) => {
    output.apply((value) => {
      resolve(value);
    });
  });
}

/** Replaces each certificate and private key, at any depth, with the name of its resource. */
function labelPems(value: unknown): unknown {
  if (typeof value === "string") return labelPem(value);
  if (Array.isArray(value)) return value.map(labelPems);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, labelPems(each)]));
}

interface Monitor {
  newUrn(parent: string, type: string, name: string): string;
  registerResource(request: Request, ...rest: unknown[]): unknown;
  readResource(request: Request, ...rest: unknown[]): unknown;
}

const STACK_REFERENCE = "pulumi:pulumi:StackReference";

function readStackReference(name: string, stacks: NonNullable<RecordOptions["stacks"]>) {
  const outputs = stacks[name];
  if (!outputs) throw new Error(`unexpected reference to stack ${name}: add it to "stacks"`);
  const secretOutputNames = Object.keys(outputs).filter((key) =>
    pulumi.Output.isInstance(outputs[key]),
  );
  return { id: name, state: { name, outputs, secretOutputNames } };
}
