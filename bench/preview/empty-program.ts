import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

interface EmptyProgramOptions {
  /** Path of the kubeconfig for its provider. */
  readonly kubeconfig: string;
  /** The folder of packages that it shares with the project. */
  readonly nodeModules: string;
}

/** Writes a program that only has the providers kubernetes and tls. Returns its folder. */
export function writeEmptyProgram(
  parent: string,
  { kubeconfig, nodeModules }: EmptyProgramOptions,
): string {
  const folder = join(parent, "empty-program");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  symlinkSync(nodeModules, join(folder, "node_modules"));
  const files = {
    "Pulumi.yaml": "name: empty\nruntime: { name: nodejs, options: { tsconfig: tsconfig.json } }\n",
    // As the project's own, it leaves out the check of types.
    "tsconfig.json": JSON.stringify({ compilerOptions: { module: "nodenext", noCheck: true } }),
    "index.ts": `
      import * as k8s from "@pulumi/kubernetes";
      import * as tls from "@pulumi/tls";
      new k8s.Provider("cluster", { kubeconfig: ${JSON.stringify(kubeconfig)} });
      new tls.Provider("tls");
    `,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}
