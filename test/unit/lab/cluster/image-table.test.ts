import { describe, expect, test } from "vitest";

import { buildImageTable } from "../../../../lab/cluster/image-table";

describe("the image table", () => {
  const images = buildImageTable({
    bin: "/tools",
    envoy: "/envoy/envoy",
    envoyBootstrap: "/istio/envoy_bootstrap.json",
  });
  const find = (match: string) => images.find((image) => image.match === match);

  test("has the proxy's programs at the paths of Istio's image", () => {
    expect(find("proxyv2")).toMatchObject({
      entrypoint: ["/usr/local/bin/pilot-agent"],
      files: {
        "/usr/local/bin/envoy": "/envoy/envoy",
        "/var/lib/istio/envoy/envoy_bootstrap_tmpl.json": "/istio/envoy_bootstrap.json",
      },
    });
  });

  test("starts each image with a file that it mounts, or with a program of the host", () => {
    const missing = images.filter(({ entrypoint: [path], files }) => path && !files?.[path]);

    expect(images.map(({ match }) => match).sort()).toEqual([
      "coredns",
      "curl",
      "go-httpbin",
      "pilot",
      "proxyv2",
    ]);
    expect(missing).toEqual([]);
  });
});
