import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

interface RunOptions {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  /** Lets the command continue when this process is killed, because half of its work would do harm. */
  readonly outlivesParent?: boolean;
}

/**
 * Runs a command until it ends, and returns its standard output.
 *
 * @throws Error with its standard error, without its arguments
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const wrapper = options.outlivesParent ? [] : ["setpriv", "--pdeathsig", "KILL", "--"];
  const [first = command, ...rest] = [...wrapper, command, ...args];
  const running = execute(first, rest, {
    env: options.env === undefined ? process.env : { ...process.env, ...options.env },
    maxBuffer: 64 << 20,
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    ...(options.signal !== undefined && { signal: options.signal }),
    ...(options.timeoutMs !== undefined && { timeout: options.timeoutMs, killSignal: "SIGKILL" }),
  });
  // A command may end before it has read its input. Its exit code says whether it failed.
  running.child.stdin?.on("error", () => undefined);
  running.child.stdin?.end(options.input);
  try {
    return (await running).stdout;
  } catch (error) {
    options.signal?.throwIfAborted();
    const { stderr = "", killed } = error as { stderr?: string; killed?: boolean };
    const reason = killed ? `took longer than ${(options.timeoutMs ?? 0) / 1000} s` : stderr.trim();
    // The arguments may hold a secret, and `cause` would contain them.
    throw new Error(`${command} ${args[0] ?? ""}: ${reason || "failed without a message"}`);
  }
}
