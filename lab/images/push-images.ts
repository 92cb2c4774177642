import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";

import { runCommand } from "../process/run-command";
import type { Step } from "../process/steps";
import { listHostFiles } from "./host-commands";
import type { ImageRecipe } from "./recipes";
import { replaceRegistry } from "./registry";
import { writeFileLayer, writeHostLayer } from "./layers";

const PLATFORM = `linux/${process.arch === "x64" ? "amd64" : process.arch}`;
const SEARCH_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

interface PushArgs {
  /** Path of crane, which writes images without a container engine. */
  readonly crane: string;
  /** Address of the registry, with the port. */
  readonly registry: string;
  /** Folder for the layers, which are removed afterwards. */
  readonly folder: string;
  readonly step: Step;
  readonly signal: AbortSignal;
}

/**
 * Builds images, and pushes them to a registry under the paths and tags of their references.
 *
 * @returns the digest of each, by its reference
 */
export async function pushImages(
  recipes: readonly ImageRecipe[],
  args: PushArgs,
): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const recipe of recipes) {
    args.step.reportWait(`the layers of ${recipe.reference}`);
    digests[recipe.reference] = await pushImage(recipe, args);
  }
  return digests;
}

async function pushImage(recipe: ImageRecipe, args: PushArgs): Promise<string> {
  const { crane, registry, signal } = args;
  const { reference, entrypoint, cmd, user, files = {}, commands = [] } = recipe;
  const folder = join(args.folder, "layers");
  await mkdir(folder);
  const hostFiles = await listHostFiles(commands, Object.values(files));
  const [hostLayer, fileLayer] = [join(folder, "host.tar"), join(folder, "files.tar")];
  if (hostFiles.length > 0) await writeHostLayer(hostLayer, hostFiles);
  await writeFileLayer(fileLayer, files);

  const target = replaceRegistry(reference, registry);
  const layers = [...(hostFiles.length > 0 ? [hostLayer] : []), fileLayer];
  const append = layers.flatMap((layer) => ["--new_layer", layer]);
  await runCommand(crane, ["append", "--oci-empty-base", "--new_tag", target, ...append], {
    signal,
  });
  const config = { entrypoint, cmd, user, env: SEARCH_PATH, "set-platform": PLATFORM };
  const flags = Object.entries(config).flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag}`, value],
  );
  // Prints the reference with the digest.
  const output = await runCommand(crane, ["mutate", target, ...flags], { signal });
  await rm(folder, { recursive: true });
  return output.trim().replace(/^.*@/, "");
}
