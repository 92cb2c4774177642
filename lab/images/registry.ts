import { join } from "node:path";
import { mkdir, rm } from "node:fs/promises";

import { Child } from "../process/child";
import { findFreePorts } from "../process/free-ports";
import { until } from "../process/until";

const LOOPBACK = "127.0.0.1";

export interface Registry {
  /** Address and port. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Starts a registry of container images on this machine. `stop` removes its images. */
export async function startRegistry(args: { crane: string; folder: string }): Promise<Registry> {
  const folder = join(args.folder, "registry");
  await mkdir(folder);
  const [port = 0] = await findFreePorts(LOOPBACK, 1);
  const address = `${LOOPBACK}:${port}`;
  const child = new Child({
    name: "image registry",
    command: args.crane,
    args: ["registry", "serve", "--address", address, "--disk", folder],
    log: join(folder, "registry.log"),
  });
  const stop = async () => {
    await child.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await until("image registry ready", async () => (await fetch(`http://${address}/v2/`)).ok, {
      alive: [child],
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { address, stop };
}

/** Replaces the registry of an image's reference, for example with the address of a local one. */
export const replaceRegistry = (reference: string, registry: string) =>
  reference.replace(/^[^/]+/, registry);
