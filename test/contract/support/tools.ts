import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../../..");

/** Folder of the built engine, API server, Helm and stand-ins. */
export function toolsFolder(): string {
  const folder = process.env["LAB_TOOLS"] ?? "/tmp/lb";
  if (!existsSync(join(folder, "pulumi"))) throw new Error(`${folder}: no engine there`);
  return folder;
}

/** A chart of the Istio version that the lab pins; it lies in Istio's Go module. */
export function istioChart(name: string): string {
  const cwd = join(root, "lab/tools");
  const dir = execFileSync("go", ["list", "-m", "-f", "{{.Dir}}", "istio.io/istio"], { cwd });
  return join(dir.toString().trim(), "manifests/charts", name);
}
