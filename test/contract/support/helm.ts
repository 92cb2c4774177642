import { join } from "node:path";

import { buildHelm as build } from "../../../lab/prepare/helm";
import { getCacheFolder } from "../../../lab/prepare/user-folders";
import { Steps } from "../../../lab/process/steps";

const PROJECT = join(__dirname, "../../..");

/** Builds Helm if the cache does not have it; returns its path. */
export function buildHelm(): Promise<string> {
  return new Steps().run("build Helm", (step) =>
    build(PROJECT, getCacheFolder(), step, new AbortController().signal),
  );
}
