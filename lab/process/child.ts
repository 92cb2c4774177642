import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
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
  /** Resolves with how the process ended, unless it is started again; never rejects. */
  readonly ended: Promise<string>;
  readonly #spec: ChildSpec;
  readonly #reportEnd: (end: string) => void;
  #process: ChildProcess;
  #end: string | undefined;
  #isRestarting = false;

  constructor(spec: ChildSpec) {
    this.name = spec.name;
    this.log = spec.log;
    this.#spec = spec;
    let report: (end: string) => void = () => undefined;
    this.ended = new Promise((resolve) => (report = resolve));
    this.#reportEnd = report;
    this.#process = this.#start();
  }

  #start(): ChildProcess {
    const [command, ...args] = buildCommandLine(this.#spec);
    const output = openSync(this.log, "a", 0o600);
    const started = spawn(command, args, {
      stdio: ["ignore", output, output],
      env: { PATH: process.env["PATH"], ...this.#spec.env },
      cwd: this.#spec.cwd,
    });
    closeSync(output);
    const end = (how: string) => {
      if (this.#isRestarting) return;
      this.#end = how;
      this.#reportEnd(how);
    };
    started.once("error", (error) => {
      end(`could not start: ${error.message}`);
    });
    started.once("exit", (code, signal) => {
      end(signal ? `was ended by ${signal}` : `ended with code ${code ?? "?"}`);
    });
    return started;
  }

  /** Its process ID; 0 if it could not be started. */
  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Kills the process, as a crash would, and starts it again. */
  async restart(): Promise<void> {
    this.assertRunning();
    this.#isRestarting = true;
    const exit = once(this.#process, "exit");
    this.#process.kill("SIGKILL");
    await exit;
    this.#isRestarting = false;
    this.#process = this.#start();
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
