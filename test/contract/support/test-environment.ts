import { join } from "node:path";

import { kubectlFor, requireOutput } from "../../../checks/toolkit/kubectl";
import { startControlPlane } from "../../../lab/cluster/control-plane";
import { startControllerManager } from "../../../lab/cluster/kube-components";
import { createEngineHome, type EngineHome } from "./engine-home";

/** The plugins under test, and a real API server with its controllers. */
export interface TestEnvironment extends EngineHome {
  readonly kubeconfig: string;
  kubectl(args: readonly string[], input?: string): Promise<string>;
  stop(): Promise<void>;
}

export async function startTestEnvironment(): Promise<TestEnvironment> {
  const home = await createEngineHome();
  const { folder, bin } = home;
  const logs = join(folder, "logs");
  const dir = join(folder, "cluster");
  const controlPlane = await startControlPlane({ name: "contract", dir, bin, logs });
  // The controllers delete by owner, roll out and empty namespaces. Nothing runs pods.
  const controllerManager = startControllerManager({
    site: { name: "contract" },
    controlPlane,
    bin,
    logs,
  });
  const kubectl = kubectlFor({
    command: join(bin, "kubectl"),
    kubeconfig: controlPlane.kubeconfig,
    cacheDir: home.kubeCache,
  });
  return {
    ...home,
    kubeconfig: controlPlane.kubeconfigText,
    kubectl: (args, stdin) => requireOutput(kubectl, args, stdin === undefined ? {} : { stdin }),
    stop: async () => {
      await controllerManager.stop();
      await controlPlane.stop();
      await home.remove();
    },
  };
}
