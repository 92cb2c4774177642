import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

export interface ChildSpec {
  /** How messages name it. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** File that receives its output. */
  readonly log: string;
  /** Added to a bare environment: a proxy or a kubeconfig of the user's must not leak in. */
  readonly env?: Readonly<Record<string, string>>;
  /** Path of the network namespace to run in, such as /run/netns/server-node. */
  readonly netns?: string | undefined;
}

/** A long-running process that ends with the one that started it, however that one ends. */
export class Child {
  readonly name: string;
  readonly log: string;
  /** Resolves, and never rejects, with how the process ended. */
  readonly ended: Promise<string>;
  #process: ChildProcess;
  #end: string | undefined;

  constructor(spec: ChildSpec) {
    this.name = spec.name;
    this.log = spec.log;
    const [command, ...args] = commandLine(spec);
    const output = openSync(spec.log, "a", 0o600);
    this.#process = spawn(command, args, {
      stdio: ["ignore", output, output],
      env: { PATH: process.env["PATH"], ...spec.env },
    });
    closeSync(output);
    this.ended = new Promise((resolve) => {
      this.#process.once("error", (error) => {
        resolve((this.#end = `could not be started: ${error.message}`));
      });
      this.#process.once("exit", (code, signal) => {
        resolve((this.#end = signal ? `was ended by ${signal}` : `ended with code ${code ?? "?"}`));
      });
    });
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Throws, with the end of its log, when the process runs no more. */
  assertRunning(): void {
    if (this.#end !== undefined) throw new Error(this.describe(this.#end));
  }

  describe(what: string): string {
    return `${this.name} ${what}\n${readLastLines(this.log)}\n(log: ${this.log})`;
  }

  /** Asks the process to end, and ends it when it takes longer than the grace period. */
  async stop(graceMs = 2000): Promise<void> {
    if (this.#end !== undefined) return;
    this.#process.kill("SIGTERM");
    const timer = setTimeout(() => this.#process.kill("SIGKILL"), graceMs);
    await this.ended;
    clearTimeout(timer);
  }
}

function commandLine(spec: ChildSpec): [string, ...string[]] {
  // Not `ip netns exec`: it would hide mounts that the process makes from everybody else.
  const command = ["--pdeathsig", "KILL", "--", spec.command, ...spec.args];
  return spec.netns === undefined
    ? ["setpriv", ...command]
    : ["nsenter", `--net=${spec.netns}`, "--", "setpriv", ...command];
}

/** The end of a log, for an error message. */
export function readLastLines(file: string, count = 8): string {
  try {
    const lines = readFileSync(file, "utf8").trimEnd().split("\n").slice(-count);
    return lines.map((line) => `  | ${line.slice(0, 400)}`).join("\n");
  } catch {
    return "  | (no log)";
  }
}
