import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

/** A process to start. */
interface ChildSpec {
  /** Name of the process in messages. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** File for its output. */
  readonly log: string;
  /** Added to a minimal environment, because the user's proxy or kubeconfig must not leak in. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Path of the network namespace to run in, such as /run/netns/server-node. */
  readonly netns?: string | undefined;
}

/** A long-running process that ends when the process that started it ends, for any reason. */
export class Child {
  readonly name: string;
  readonly log: string;
  /** Resolves with how the process ended; never rejects. */
  readonly ended: Promise<string>;
  readonly #process: ChildProcess;
  #end: string | undefined;

  constructor(spec: ChildSpec) {
    this.name = spec.name;
    this.log = spec.log;
    const [command, ...args] = buildCommandLine(spec);
    const output = openSync(spec.log, "a", 0o600);
    this.#process = spawn(command, args, {
      stdio: ["ignore", output, output],
      env: { PATH: process.env["PATH"], ...spec.env },
      cwd: spec.cwd,
    });
    closeSync(output);
    this.ended = new Promise((resolve) => {
      this.#process.once("error", (error) => {
        resolve((this.#end = `could not start: ${error.message}`));
      });
      this.#process.once("exit", (code, signal) => {
        resolve((this.#end = signal ? `was ended by ${signal}` : `ended with code ${code ?? "?"}`));
      });
    });
  }

  /** @throws Error with the last lines of the log if the process has ended */
  assertRunning(): void {
    if (this.#end !== undefined) throw new Error(this.describe(this.#end));
  }

  /** Builds a message about the process, with the last lines of its log. */
  describe(what: string): string {
    return `${this.name} ${what}\n${readLastLines(this.log)}\n(log: ${this.log})`;
  }

  /** Sends SIGTERM, and SIGKILL if the process still runs after the grace period. */
  async stop(graceMs = 2000): Promise<void> {
    if (this.#end !== undefined) return;
    this.#process.kill("SIGTERM");
    const timer = setTimeout(() => this.#process.kill("SIGKILL"), graceMs);
    await this.ended;
    clearTimeout(timer);
  }
}

function buildCommandLine(spec: ChildSpec): [string, ...string[]] {
  // Not `ip netns exec`, which hides the mounts of the process from other processes.
  const command = ["--pdeathsig", "KILL", "--", spec.command, ...spec.args];
  return spec.netns === undefined
    ? ["setpriv", ...command]
    : ["nsenter", `--net=${spec.netns}`, "--", "setpriv", ...command];
}

/** Reads the last lines of a log, for an error message. */
function readLastLines(file: string, count = 8): string {
  try {
    const lines = readFileSync(file, "utf8").trimEnd().split("\n").slice(-count);
    return lines.map((line) => `  | ${line.slice(0, 400)}`).join("\n");
  } catch {
    return "  | (no log)";
  }
}
