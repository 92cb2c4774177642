import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import * as auto from "@pulumi/pulumi/automation";

import type { EngineHome } from "./engine-home";

/** A change that the engine plans or made to one resource. */
export interface Change {
  readonly op: string;
  readonly type: string;
  readonly name: string;
  readonly diffs: readonly string[] | null;
  readonly replaceKeys: readonly string[] | null;
  readonly detailedDiff: Readonly<Record<string, string>>;
}

/** A resource in the state file, where secrets are encrypted. */
export interface StoredResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
  readonly additionalSecretOutputs?: readonly string[];
  readonly initErrors?: readonly string[];
}

interface OpenOptions {
  /** Name of the backend. Stacks of one backend can read each other's outputs. @default the stack's name */
  readonly backend?: string;
  /** Passphrase that encrypts the stack's secrets. @default "contract" */
  readonly passphrase?: string;
}

type Run = (options: { onEvent(event: auto.EngineEvent): void }) => Promise<unknown>;

/** A stack of an inline program on the real engine. It keeps only changes and messages of the engine's output. */
export class ContractStack {
  readonly #stack: auto.Stack;
  readonly #stateFolder: string;
  /** Messages of the plugins during the last operation: statuses and warnings. */
  messages: string[] = [];

  private constructor(stack: auto.Stack, stateFolder: string) {
    this.#stack = stack;
    this.#stateFolder = stateFolder;
  }

  static async open(
    home: EngineHome,
    name: string,
    { backend = name, passphrase = "contract" }: OpenOptions = {},
  ): Promise<ContractStack> {
    const stateFolder = join(home.folder, `state-${backend}`);
    await mkdir(stateFolder, { recursive: true });
    const stack = await auto.LocalWorkspace.createOrSelectStack(
      { stackName: name, projectName: "contract", program: () => Promise.resolve() },
      {
        pulumiHome: home.pulumiHome,
        pulumiCommand: await auto.PulumiCommand.get({
          root: home.engine,
          skipVersionCheck: true,
        }),
        envVars: {
          PULUMI_BACKEND_URL: `file://${stateFolder}`,
          PULUMI_CONFIG_PASSPHRASE: passphrase,
          PULUMI_SKIP_UPDATE_CHECK: "true",
          // The engine has its own folder on its PATH, with the stand-ins, even if the official releases are under test.
          PULUMI_IGNORE_AMBIENT_PLUGINS: "true",
          // By default, the Kubernetes plugin keeps downloaded charts in the user's home.
          HELM_CACHE_HOME: join(home.folder, "helm-cache"),
        },
      },
    );
    return new ContractStack(stack, stateFolder);
  }

  up(program: auto.PulumiFn, signal?: AbortSignal): Promise<Change[]> {
    const cancel = signal === undefined ? {} : { signal };
    return this.#changes((events) => this.#stack.up({ program, ...events, ...cancel }));
  }

  preview(program: auto.PulumiFn, policyPacks: string[] = []): Promise<Change[]> {
    return this.#changes((events) => this.#stack.preview({ program, policyPacks, ...events }));
  }

  refresh(program: auto.PulumiFn): Promise<Change[]> {
    this.#stack.workspace.program = program;
    return this.#changes((events) => this.#stack.refresh(events));
  }

  destroy(): Promise<Change[]> {
    return this.#changes((events) => this.#stack.destroy(events));
  }

  /** Reads the resources of the state file, except the stack itself and its providers. */
  async readResources(): Promise<StoredResource[]> {
    const text = await this.readStateFile();
    const { checkpoint } = JSON.parse(text) as {
      checkpoint: { latest?: { resources?: StoredResource[] } };
    };
    return (checkpoint.latest?.resources ?? []).filter(({ type }) => !type.startsWith("pulumi:"));
  }

  readStateFile(): Promise<string> {
    const path = join(this.#stateFolder, ".pulumi/stacks/contract", `${this.#stack.name}.json`);
    return readFile(path, "utf8");
  }

  async #changes(run: Run): Promise<Change[]> {
    const changes: Change[] = [];
    this.messages = [];
    await run({
      onEvent: ({ resourcePreEvent, diagnosticEvent }) => {
        // Debug diagnostics hold private keys. The SDK's types do not have this severity.
        const severity: string | undefined = diagnosticEvent?.severity;
        if (diagnosticEvent !== undefined && severity !== "debug") {
          this.messages.push(diagnosticEvent.message);
        }
        if (resourcePreEvent === undefined) return;
        const { op, type, urn, diffs, keys, detailedDiff } =
          resourcePreEvent.metadata as (typeof resourcePreEvent)["metadata"] & { keys?: string[] };
        if (op === "same" || type.startsWith("pulumi:")) return;
        changes.push({
          op,
          type,
          name: nameOf(urn),
          diffs: diffs ?? null,
          replaceKeys: keys ?? null,
          detailedDiff: Object.fromEntries(
            Object.entries(detailedDiff ?? {}).map(([path, diff]) => [path, diff.diffKind]),
          ),
        });
      },
    });
    return changes;
  }
}

/** Parses the name of a resource from its URN. */
export const nameOf = (urn: string) => urn.split("::").at(-1) ?? urn;
