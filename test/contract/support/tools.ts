import { join } from "node:path";

import type { Tools } from "../../../lab/settings";

/** What the suite needs of the lab's tools. */
export type Prepared = Pick<Tools, "bin" | "engine" | "charts" | "plugins">;

export function prepared(): Promise<Prepared> {
  const bin = "/tmp/lb";
  return Promise.resolve({
    bin,
    engine: "/tmp/lb-engine",
    charts: "/tmp/lb-charts",
    plugins: (
      [
        ["tls", "5.6.1"],
        ["random", "4.21.2"],
        ["kubernetes", "4.34.2"],
      ] as const
    ).map(([name, version]) => ({
      name,
      version,
      kind: "stand-in",
      path: join(bin, `pulumi-resource-${name}`),
    })),
  });
}
