import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

export interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Let it go on when this process is killed: it would leave half of its work. */
  readonly survives?: boolean;
}

/** Runs a command to its end and returns what it printed; an error holds what it complained of. */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const leash = options.survives ? [] : ["setpriv", "--pdeathsig", "KILL", "--"];
  const [first = command, ...rest] = [...leash, command, ...args];
  const running = execute(first, rest, {
    env: options.env === undefined ? process.env : { ...process.env, ...options.env },
    maxBuffer: 64 << 20,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...(options.signal !== undefined && { signal: options.signal }),
    ...(options.timeoutMs !== undefined && { timeout: options.timeoutMs, killSignal: "SIGKILL" }),
  });
  // A command that ends before it has read its input is judged by its exit code.
  running.child.stdin?.on("error", () => undefined);
  running.child.stdin?.end(options.input);
  try {
    return (await running).stdout;
  } catch (error) {
    options.signal?.throwIfAborted();
    const { stderr = "", killed } = error as { stderr?: string; killed?: boolean };
    const why = killed ? `took longer than ${(options.timeoutMs ?? 0) / 1000} s` : stderr.trim();
    // Neither the arguments nor the cause, which has them: they may hold a secret.
    throw new Error(`${command} ${args[0] ?? ""}: ${why || "failed"}`);
  }
}
