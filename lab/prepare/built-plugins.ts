import { join } from "node:path";

import type { GoModule } from "./build-go-module";
import { readRequiredVersion } from "./go-mod";
import {
  type Plugin,
  pluginProgram,
  readPinnedVersion,
  readPinnedVersions,
} from "./pulumi-plugins";

const KUBERNETES_MODULE = "github.com/pulumi/pulumi-kubernetes/provider/v4";

/**
 * Files that only the plugin's component resources need: `Chart` of Helm v4, `ConfigFile`, `ConfigGroup` and `Directory`.
 * The program uses none of them. They link Pulumi's SDK for Go, which takes longer to compile than all the rest.
 */
const COMPONENT_FILES = ["tool.go", "fake.go", "keyring.go", "values.go"].map(
  (file) => `pkg/helm/${file}`,
);

/** The Go module that builds the official Kubernetes plugin. */
export function describeKubernetesPlugin(projectFolder: string): GoModule {
  const folder = join(projectFolder, "lab/kubernetes-plugin");
  const [, date = "", commit = ""] = readRequiredVersion(folder, KUBERNETES_MODULE).split("-");
  // The engine warns about a plugin that is older than the program's SDK, and this commit has no version of its own.
  const version = `${readPinnedVersion(projectFolder, "kubernetes")}+${date}.${commit}`;
  return {
    name: "kubernetes-plugin",
    folder,
    packages: ["."],
    variables: { [`${KUBERNETES_MODULE}/pkg/version.Version`]: version },
    file: { module: KUBERNETES_MODULE, path: "cmd/pulumi-resource-kubernetes/schema.json" },
    part: {
      module: KUBERNETES_MODULE,
      removed: COMPONENT_FILES,
      added: join(folder, "_without-components"),
    },
  };
}

/** The official Kubernetes plugin and the stand-ins for the others, from the folders that have them in `bin`. */
export function listBuiltPlugins(
  projectFolder: string,
  built: { readonly kubernetesPlugin: string; readonly engine: string },
): Plugin[] {
  const commit = readRequiredVersion(
    join(projectFolder, "lab/kubernetes-plugin"),
    KUBERNETES_MODULE,
  );
  return readPinnedVersions(projectFolder).map(({ name, version }) => {
    const [origin, folder] =
      name === "kubernetes"
        ? [`official source ${commit}`, built.kubernetesPlugin]
        : ["stand-in", built.engine];
    return { name, version, origin, path: join(folder, "bin", pluginProgram(name)) };
  });
}
