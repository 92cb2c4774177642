import { describe, expect, test } from "vitest";

import { formatContainerdConfig } from "../../../../lab/cluster/containerd-config";

const folders = { root: "/lab/root", state: "/lab/state", address: "/lab/containerd.sock" };

describe("the configuration of containerd", () => {
  test("names no path outside the lab's folders", () => {
    const text = formatContainerdConfig({
      ...folders,
      containers: {
        bin: "/lab/bin",
        networkConfigFolder: "/lab/cni",
        runcRoot: "/lab/runc",
        nriFolder: "/lab/nri",
      },
    });
    const paths = [...text.matchAll(/"(\/[^"]*)"/g)].map(([, path]) => path ?? "");

    expect(paths.length).toBeGreaterThan(5);
    expect(paths.filter((path) => !path.startsWith("/lab/"))).toEqual([]);
  });

  test("has no service for containers if it is only to pull images", () => {
    expect(formatContainerdConfig(folders)).toMatch(
      /disabled_plugins.*io\.containerd\.grpc\.v1\.cri"/,
    );
  });
});
