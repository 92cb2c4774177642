import { join } from "node:path";

import { prepareTools, type Tools } from "../../../lab/prepare/tools";
import { Steps } from "../../../lab/process/steps";

/** Timeout of the first hook of a file: a new machine builds everything. */
export const PREPARE_MS = 3_600_000;

/** Builds the lab's tools if the cache does not have them. */
export function prepareLabTools(): Promise<Tools> {
  const projectFolder = join(__dirname, "../../..");
  return prepareTools(projectFolder, new Steps(), new AbortController().signal);
}
