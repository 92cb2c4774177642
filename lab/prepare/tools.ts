import { join } from "node:path";

import type { Steps } from "../process/steps";
import type { Tools } from "../prepared-lab";
import { fetchEnvoy } from "./envoy";
import { getCacheFolder } from "./user-folders";
import { buildGoModule, readGoMod, type GoModule } from "./build-go-module";
import { copyIstioFiles } from "./istio-files";
import { getRequiredVersion } from "./cache-key";
import { preparePlugins } from "./pulumi-plugins";

/** Builds and fetches what the lab runs, as far as the user's cache lacks it. */
export async function prepareTools(
  project: string,
  steps: Steps,
  interrupt: AbortSignal,
): Promise<Tools> {
  const cache = getCacheFolder();
  const { tools, node, engine } = goModules(project);
  const build = (module: GoModule, what: string, signal: AbortSignal) =>
    steps.run(what, (step) => buildGoModule(cache, module, step, signal));
  const istioFiles = () =>
    steps.run("Istio's charts", (step) => copyIstioFiles(cache, tools.folder, step));

  // Go builds use all cores and much memory each, so one after the other; the download goes beside them.
  const [built, envoy] = await sideBySide(interrupt, (signal) => [
    (async () => ({
      tools: await build(tools, "Kubernetes, etcd, CoreDNS, Istio, Helm, httpbin", signal),
      node: await build(node, "node agent", signal),
      engine: await build(engine, "Pulumi engine", signal),
    }))(),
    steps.run("Envoy", (step) => fetchEnvoy(cache, step, signal)),
  ]);
  const [istio, plugins] = await Promise.all([
    istioFiles(),
    steps.run("Pulumi plugins", (step) => preparePlugins(project, cache, built.engine, step)),
  ]);
  return {
    bin: join(built.tools, "bin"),
    nodeAgent: join(built.node, "bin/lab-node"),
    engine: built.engine,
    envoy,
    ...istio,
    plugins,
  };
}

/** Waits for both; when one fails the other is ended, and has cleared up, before the reason is thrown. */
async function sideBySide<A, B>(
  interrupt: AbortSignal,
  start: (signal: AbortSignal) => [Promise<A>, Promise<B>],
): Promise<[A, B]> {
  const failure = new AbortController();
  const both = start(AbortSignal.any([interrupt, failure.signal]));
  for (const one of both) {
    one.catch((error: unknown) => {
      failure.abort(error);
    });
  }
  await Promise.allSettled(both);
  failure.signal.throwIfAborted();
  return Promise.all(both);
}

/** The lab's Go modules. Versions that programs are asked for are set as their own releases set them. */
function goModules(project: string) {
  const folder = (name: string) => join(project, "lab", name);
  const tools = folder("tools");
  const kubernetes = getRequiredVersion(readGoMod(tools), "k8s.io/kubernetes");
  const [major = "", minor = ""] = kubernetes.replace("v", "").split(".");
  const engine = folder("engine");
  const pulumi = getRequiredVersion(readGoMod(engine), "github.com/pulumi/pulumi/sdk/v3");
  const kubernetesVersion = "k8s.io/component-base/version";
  return {
    tools: {
      name: "tools",
      folder: tools,
      packages: ["tool"],
      variables: {
        [`${kubernetesVersion}.gitVersion`]: kubernetes,
        [`${kubernetesVersion}.gitMajor`]: major,
        [`${kubernetesVersion}.gitMinor`]: minor,
      },
    },
    node: { name: "node", folder: folder("node"), packages: ["."], program: "lab-node" },
    engine: {
      name: "engine",
      folder: engine,
      packages: ["tool", "./cmd/..."],
      variables: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": pulumi },
    },
  } satisfies Record<string, GoModule>;
}
