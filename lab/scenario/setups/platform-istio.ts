import { mkdir } from "node:fs/promises";
import { join } from "node:path";

import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as auto from "@pulumi/pulumi/automation";

import { chartLocation } from "../../../components/helm/chart-release";
import { buildIstiodValues } from "../../program/lab-config";
import { runOperation } from "../../program/run-operation";
import { PLATFORM_REVISION } from "../scenarios";
import type { SetupStage } from ".";

const NAMESPACE = "istio-system";

/**
 * Installs Istio in both clusters as a platform team would: Istio's charts with their defaults, under a revision. So the mesh
 * is open, signs with a CA of its own, and has the trust domain cluster.local.
 */
export async function installPlatformIstio({ lab, clusters, stacks }: SetupStage): Promise<void> {
  const { workDir, pulumiHome = "", pulumiCommand, envVars } = stacks.server.workspace;
  const platform = join(workDir, "platform");
  await mkdir(platform, { recursive: true });
  const { charts } = lab.tools;
  const install = async (name: "server" | "client") => {
    const { kubeconfigText } = clusters[name];
    const program = async () => {
      releases(kubeconfigText, charts, buildIstiodValues(lab.flags.images));
      return Promise.resolve({});
    };
    const stack = await auto.LocalWorkspace.createOrSelectStack(
      { stackName: `platform-${name}`, projectName: "platform", program },
      { workDir: platform, pulumiHome, pulumiCommand, envVars },
    );
    await runOperation(stack, "up", stacks.context);
  };
  await Promise.all([install("server"), install("client")]);
}

function releases(kubeconfig: string, charts: string, istiodValues: object): void {
  const provider = new k8s.Provider("cluster", { kubeconfig: pulumi.secret(kubeconfig) });
  const release = (
    chart: string,
    name: string,
    values: object,
    dependsOn: readonly pulumi.Resource[],
  ) =>
    new k8s.helm.v3.Release(
      name,
      {
        ...chartLocation(chart, { source: charts, version: "" }),
        name,
        namespace: NAMESPACE,
        createNamespace: true,
        values,
      },
      { provider, dependsOn: [...dependsOn] },
    );
  const base = release("base", "istio-base", { defaultRevision: PLATFORM_REVISION }, []);
  const values = { ...istiodValues, revision: PLATFORM_REVISION };
  release("istiod", `istiod-${PLATFORM_REVISION}`, values, [base]);
}
