import { expect, test } from "vitest";

import { listRecipes } from "../../../../lab/images/recipes";
import { IMAGES } from "../../../../lab/images/references";

const images = listRecipes({
  bin: "/tools",
  envoy: "/envoy/envoy",
  envoyBootstrap: "/istio/envoy_bootstrap.json",
});

test("there is a recipe for each image", () => {
  expect(images.map(({ reference }) => reference).sort()).toEqual(Object.values(IMAGES).sort());
});

test("the proxy's image has its programs at the paths of Istio's image", () => {
  const proxy = images.find(({ reference }) => reference.includes("/proxyv2:"));

  expect(proxy).toMatchObject({
    entrypoint: "/usr/local/bin/pilot-agent",
    files: {
      "/usr/local/bin/envoy": "/envoy/envoy",
      "/var/lib/istio/envoy/envoy_bootstrap_tmpl.json": "/istio/envoy_bootstrap.json",
    },
  });
});

test("each image starts a file or a command that it has", () => {
  const missing = images.filter(({ entrypoint, cmd, files = {}, commands = [] }) => {
    const program = entrypoint ?? cmd ?? "";
    return !(program in files) && !commands.includes(program.replace("/usr/bin/", ""));
  });

  expect(missing).toEqual([]);
});
