import { join } from "node:path";

import { startControlPlane, type ControlPlane } from "../../../lab/cluster/control-plane";
import { kubectl, type KubectlTarget } from "../../../lab/cluster/kubectl";
import { Child } from "../../../lab/process/child";
import { createHome, type Home } from "./home";

/** A home with the plugins under test, and a real API server with its controllers. */
export interface Bench extends Home {
  readonly kubeconfig: string;
  kubectl(args: readonly string[], input?: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startBench(): Promise<Bench> {
  const home = await createHome();
  const { folder, bin } = home;
  const logs = join(folder, "logs");
  const dir = join(folder, "cluster");
  const controlPlane = await startControlPlane({ name: "contract", dir, bin, logs });
  const controllers = startControllers(controlPlane, bin, logs);
  const target: KubectlTarget = {
    bin,
    kubeconfig: controlPlane.kubeconfig,
    cacheDir: join(folder, "kubectl-cache"),
  };
  return {
    ...home,
    kubeconfig: controlPlane.kubeconfigText,
    kubectl: (args, input) => kubectl(target, args, input),
    stop: async () => {
      await controllers.stop();
      await controlPlane.stop();
      await home.remove();
    },
  };
}

/** Deleting by owner, rolling out and emptying namespaces is the controllers' work; nobody runs pods here. */
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
