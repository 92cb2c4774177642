import { spawn } from "node:child_process";

export interface KubectlResult {
  /** Exit code; -1 when kubectl did not end in time or could not be started. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface KubectlOptions {
  readonly stdin?: string;
  /** @default 30000 */
  readonly timeoutMs?: number;
}

/** Runs kubectl against one cluster. Never rejects: that a command fails may be what a check wants to see. */
export type Kubectl = (args: readonly string[], options?: KubectlOptions) => Promise<KubectlResult>;

export interface KubectlCommand {
  readonly kubeconfig: string;
  /** @default the kubeconfig's current one */
  readonly context?: string | undefined;
  /** @default "kubectl" on PATH */
  readonly command?: string | undefined;
  /** Folder for what kubectl learns of the API server. @default in the user's home */
  readonly cacheDir?: string | undefined;
}

/** kubectl for a kubeconfig file. */
export function kubectlFor(options: KubectlCommand): Kubectl {
  const { kubeconfig, context, command = "kubectl", cacheDir } = options;
  const cluster = [
    ...["--kubeconfig", kubeconfig],
    ...(context === undefined ? [] : ["--context", context]),
    ...(cacheDir === undefined ? [] : ["--cache-dir", cacheDir]),
  ];
  return (args, { stdin = "", timeoutMs = 30_000 } = {}) =>
    new Promise((resolve) => {
      // Options of the cluster go first: behind `--` they would be a pod's.
      const child = spawn(command, [...cluster, ...args], { stdio: "pipe" });
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      let broken: string | undefined;
      const timer = setTimeout(() => {
        broken = `kubectl ${args[0] ?? ""}: no end within ${timeoutMs / 1000} s`;
        child.kill("SIGKILL");
      }, timeoutMs);
      child.stdout.on("data", (chunk: Buffer) => stdout.push(chunk));
      child.stderr.on("data", (chunk: Buffer) => stderr.push(chunk));
      child.on("error", (error) => (broken ??= error.message));
      child.on("close", (code) => {
        clearTimeout(timer);
        const complaint = Buffer.concat(stderr).toString();
        resolve({
          code: broken === undefined ? (code ?? -1) : -1,
          stdout: Buffer.concat(stdout).toString(),
          stderr: broken === undefined ? complaint : `${broken}\n${complaint}`.trimEnd(),
        });
      });
      // A command that ends before it has read its input is judged by its exit code.
      child.stdin.on("error", () => undefined);
      child.stdin.end(stdin);
    });
}

/**
 * What a command printed.
 *
 * @throws Error with what kubectl complained of, never with what it printed: that may hold a secret
 */
export async function output(
  kubectl: Kubectl,
  args: readonly string[],
  options?: KubectlOptions,
): Promise<string> {
  const { code, stdout, stderr } = await kubectl(args, options);
  if (code === 0) return stdout;
  const complaint = stderr.trim().split("\n").at(-1) ?? "";
  throw new Error(
    `kubectl ${commandWords(args)}: ${complaint === "" ? `exit code ${code}` : complaint}`,
  );
}

/** An object as the API server has it. */
export async function object<T>(kubectl: Kubectl, args: readonly string[]): Promise<T> {
  return JSON.parse(await output(kubectl, ["get", ...args, "-o", "json"])) as T;
}

function commandWords(args: readonly string[]): string {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).slice(0, 6).join(" ");
}
