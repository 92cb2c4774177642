import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { startControlPlane, type ControlPlane } from "../../../lab/cluster/control-plane";
import { kubectl, type KubectlTarget } from "../../../lab/cluster/kubectl";
import { Child } from "../../../lab/process/child";
import { findPlugins, installPlugins, type Plugin } from "./plugins";
import { istioChart, toolsFolder } from "./tools";

/** A real API server with its controllers, and a home of the engine's with the plugins under test. */
export interface Bench {
  readonly folder: string;
  readonly home: string;
  readonly bin: string;
  readonly kubeconfig: string;
  readonly chart: string;
  readonly plugins: readonly Plugin[];
  readonly controlPlane: ControlPlane;
  kubectl(args: readonly string[], input?: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), "contract-"));
  const bin = toolsFolder();
  const home = join(folder, "home");
  const plugins = findPlugins();
  await mkdir(home);
  await installPlugins(home, plugins);
  console.info(plugins.map((p) => `${p.name} ${p.version}: ${p.kind}`).join(", "));

  const logs = join(folder, "logs");
  const controlPlane = await startControlPlane({
    name: "contract",
    dir: join(folder, "cluster"),
    bin,
    logs,
  });
  const controllers = startControllers(controlPlane, bin, logs);
  const target: KubectlTarget = {
    bin,
    kubeconfig: controlPlane.kubeconfig,
    cacheDir: join(folder, "kubectl-cache"),
  };
  return {
    folder,
    home,
    bin,
    plugins,
    controlPlane,
    kubeconfig: controlPlane.kubeconfigText,
    chart: istioChart("base"),
    kubectl: (args, input) => kubectl(target, args, input),
    stop: async () => {
      await controllers.stop();
      await controlPlane.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Deleting by owner and emptying namespaces is the controllers' work; pods are run by nobody here. */
function startControllers(controlPlane: ControlPlane, bin: string, logs: string): Child {
  const { pki } = controlPlane;
  const flags = {
    kubeconfig: controlPlane.kubeconfigOf("system:kube-controller-manager"),
    "use-service-account-credentials": "true",
    "root-ca-file": pki.caCert,
    "service-account-private-key-file": pki.serviceAccountKey,
    "leader-elect": "false",
    "secure-port": "0",
  };
  return new Child({
    name: "kube-controller-manager",
    command: join(bin, "kube-controller-manager"),
    args: Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`),
    log: join(logs, "kube-controller-manager.log"),
  });
}
