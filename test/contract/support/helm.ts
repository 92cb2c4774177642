import { join } from "node:path";

import { buildGoModule } from "../../../lab/prepare/build-go-module";
import { getCacheFolder } from "../../../lab/prepare/user-folders";
import { Steps } from "../../../lab/process/steps";

/** Builds the version of Helm that the Kubernetes plugin contains, if the cache does not have it; returns its path. */
export async function buildHelm(): Promise<string> {
  const folder = join(__dirname, "../../../lab/kubernetes-plugin");
  const helm = { name: "helm", folder, packages: ["tool"] };
  const built = await new Steps().run("build Helm", (step) =>
    buildGoModule(getCacheFolder(), helm, step, new AbortController().signal),
  );
  return join(built, "bin/helm");
}
