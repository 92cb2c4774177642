import { join } from "node:path";

import { prepareTools, type Tools } from "../../../lab/prepare/tools";
import { Steps } from "../../../lab/process/steps";

/** For the hook that comes first: a machine that has nothing yet builds everything. */
export const PREPARE_MS = 3_600_000;

/** The lab's tools, built on first use. */
export function prepareLabTools(): Promise<Tools> {
  const project = join(__dirname, "../../..");
  return prepareTools(project, new Steps(), new AbortController().signal);
}
