import { spawn } from "node:child_process";

export interface KubectlResult {
  /** Exit code; -1 if kubectl did not start or timed out. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface KubectlOptions {
  readonly stdin?: string;
  /** @default 30000 */
  readonly timeoutMs?: number;
}

/** Runs kubectl against one cluster. Never rejects, because a check may expect a command to fail. */
export type Kubectl = (args: readonly string[], options?: KubectlOptions) => Promise<KubectlResult>;

export interface KubectlCommand {
  readonly kubeconfig: string;
  /** @default the current context of the kubeconfig */
  readonly context?: string | undefined;
  /** @default "kubectl" on the PATH */
  readonly command?: string | undefined;
  /**
   * Folder for kubectl's discovery cache.
   *
   * @default in the user's home
   */
  readonly cacheDir?: string | undefined;
}

/** Returns kubectl for a kubeconfig file. */
export function kubectlFor(options: KubectlCommand): Kubectl {
  const { kubeconfig, context, command = "kubectl", cacheDir } = options;
  const clusterArgs = [
    ...["--kubeconfig", kubeconfig],
    ...(context === undefined ? [] : ["--context", context]),
    ...(cacheDir === undefined ? [] : ["--cache-dir", cacheDir]),
  ];
  return (args, { stdin = "", timeoutMs = 30_000 } = {}) =>
    new Promise((resolve) => {
      // The cluster's options come first: after `--` they would belong to the command in the pod.
      const child = spawn(command, [...clusterArgs, ...args], { stdio: "pipe" });
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      let failure: string | undefined;
      const timer = setTimeout(() => {
        failure = `kubectl ${args[0] ?? ""} timed out after ${timeoutMs / 1000} s`;
        child.kill("SIGKILL");
      }, timeoutMs);
      child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
      child.on("error", (error) => (failure ??= error.message));
      child.on("close", (code) => {
        clearTimeout(timer);
        const messages = Buffer.concat(stderr).toString();
        resolve({
          code: failure === undefined ? (code ?? -1) : -1,
          stdout: Buffer.concat(stdout).toString(),
          stderr: failure === undefined ? messages : `${failure}\n${messages}`.trimEnd(),
        });
      });
      // A command may exit before it has read its input. Its exit code decides.
      child.stdin.on("error", () => undefined);
      child.stdin.end(stdin);
    });
}

/**
 * Runs a command and returns its output.
 *
 * @throws Error with kubectl's message, and never with its output, which may hold a secret
 */
export async function requireOutput(
  kubectl: Kubectl,
  args: readonly string[],
  options?: KubectlOptions,
): Promise<string> {
  const { code, stdout, stderr } = await kubectl(args, options);
  if (code === 0) return stdout;
  throw new Error(`kubectl ${shorten(args)}: ${lastLine(stderr) || `exit code ${code}`}`);
}

/** Runs `kubectl get` and returns the object. */
export async function getObject<T>(kubectl: Kubectl, args: readonly string[]): Promise<T> {
  return JSON.parse(await requireOutput(kubectl, ["get", ...args, "-o", "json"])) as T;
}

/** The last line of a command's messages, which has the error. */
export function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

/** A command for error messages, without what it runs in a pod. */
function shorten(args: readonly string[]): string {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).slice(0, 6).join(" ");
}
