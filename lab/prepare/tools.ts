import { join } from "node:path";

import { observabilityRows } from "../../components/observability/settings";
import type { Flags } from "../flags";
import { buildImages } from "../images/build-images";
import { pullMonitoringCharts } from "../images/monitoring";
import { pullOfficialImages, readMirror } from "../images/official-images";
import type { PreparedImages } from "../images/pull-images";
import type { Steps } from "../process/steps";
import { buildGoModule, type GoModule } from "./build-go-module";
import { describeKubernetesPlugin, listBuiltPlugins } from "./built-plugins";
import { fetchEnvoy } from "./envoy";
import { readRequiredVersion } from "./go-mod";
import { buildHelm } from "./helm";
import { copyIstioFiles } from "./istio-files";
import { findReleases, type Plugin } from "./pulumi-plugins";
import { getCacheFolder } from "./user-folders";

/** Paths of the programs and files that the lab runs. */
export interface Tools {
  /** Folder of all programs that are built from `lab/tools`: Kubernetes, containerd, etcd, Istio and others. */
  readonly bin: string;
  /** Folder with `bin/pulumi`. */
  readonly engine: string;
  /** The container images. */
  readonly images: PreparedImages;
  /** Folder of Istio's Helm charts. */
  readonly charts: string;
  /** Folder of the Helm charts of the monitoring tools, in the scenario that installs them. */
  readonly monitoringCharts?: string;
  readonly plugins: readonly Plugin[];
}

/** Builds and downloads what the lab runs and the user's cache does not have. */
export async function prepareTools(
  projectFolder: string,
  steps: Steps,
  interrupt: AbortSignal,
  { images, scenarios }: Pick<Flags, "images" | "scenarios"> = { images: "built", scenarios: [] },
): Promise<Tools> {
  const cache = getCacheFolder();
  const { tools, engine } = describeGoModules(projectFolder);
  const build = (module: GoModule, what: string, signal: AbortSignal) =>
    steps.run(`build ${what}`, (step) => buildGoModule(cache, module, step, signal));

  // A Go build uses all cores and much memory, so the builds run one after another, and the download beside them.
  const [built, envoy] = await runBoth(interrupt, (signal) => [
    (async () => {
      const built = {
        tools: await build(tools, "Kubernetes, containerd, etcd, CoreDNS, Istio, httpbin", signal),
        engine: await build(engine, "the Pulumi engine", signal),
      };
      const releases = await steps.run("find Pulumi plugins", (step) =>
        findReleases(projectFolder, cache, built.engine, step),
      );
      if (releases !== undefined) return { ...built, plugins: releases };
      const plugin = describeKubernetesPlugin(projectFolder);
      const kubernetesPlugin = await build(plugin, "Pulumi's Kubernetes plugin", signal);
      const plugins = listBuiltPlugins(projectFolder, { ...built, kubernetesPlugin });
      return { ...built, plugins };
    })(),
    images === "built"
      ? steps.run("fetch Envoy", (step) => fetchEnvoy(cache, step, signal))
      : Promise.resolve(undefined),
  ]);
  const bin = join(built.tools, "bin");
  const { charts, envoyBootstrap } = await steps.run("copy Istio's charts", (step) =>
    copyIstioFiles(cache, tools.folder, step),
  );
  const context = { cache, bin, signal: interrupt };
  const common = { bin, engine: built.engine, charts, plugins: built.plugins };
  if (envoy !== undefined) {
    const prepared = await steps.run("build container images", (step) =>
      buildImages({ ...context, envoy, envoyBootstrap, step }),
    );
    return { ...common, images: prepared };
  }
  const monitoring = scenarios.includes("monitoring")
    ? await steps.run("pull the charts of Prometheus and Kiali", async (step) => {
        const helm = await buildHelm(projectFolder, cache, step, interrupt);
        const settings = observabilityRows.parse({ prometheus: "install" });
        return pullMonitoringCharts({ settings, cache, helm, step, signal: interrupt });
      })
    : undefined;
  const pulled = await steps.run("pull container images", (step) =>
    pullOfficialImages({
      ...context,
      ...readMirror(process.env),
      further: monitoring?.images ?? [],
      step,
    }),
  );
  return {
    ...common,
    images: pulled,
    ...(monitoring && { monitoringCharts: monitoring.folder }),
  };
}

/** Runs two tasks at the same time. If one fails, aborts the other and waits until it has cleaned up, then throws. */
async function runBoth<A, B>(
  interrupt: AbortSignal,
  start: (signal: AbortSignal) => [Promise<A>, Promise<B>],
): Promise<[A, B]> {
  const failure = new AbortController();
  const tasks = start(AbortSignal.any([interrupt, failure.signal]));
  for (const task of tasks) {
    task.catch((error: unknown) => {
      failure.abort(error);
    });
  }
  await Promise.allSettled(tasks);
  failure.signal.throwIfAborted();
  return Promise.all(tasks);
}

/** The lab's Go modules. Sets the versions that programs report in the same variables as their official releases. */
function describeGoModules(projectFolder: string) {
  const folder = (name: string) => join(projectFolder, "lab", name);
  const tools = folder("tools");
  const kubernetes = readRequiredVersion(tools, "k8s.io/kubernetes");
  const [major = "", minor = ""] = kubernetes.replace("v", "").split(".");
  const engine = folder("engine");
  const pulumi = readRequiredVersion(engine, "github.com/pulumi/pulumi/sdk/v3");
  const kubernetesVersion = "k8s.io/component-base/version";
  return {
    tools: {
      name: "tools",
      folder: tools,
      packages: ["tool", "./cmd/..."],
      variables: {
        [`${kubernetesVersion}.gitVersion`]: kubernetes,
        [`${kubernetesVersion}.gitMajor`]: major,
        [`${kubernetesVersion}.gitMinor`]: minor,
      },
    },
    engine: {
      name: "engine",
      folder: engine,
      packages: ["tool", "./cmd/..."],
      variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": pulumi },
    },
  } satisfies Record<string, GoModule>;
}
