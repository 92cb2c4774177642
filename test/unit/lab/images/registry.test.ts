import { expect, test } from "vitest";

import { IMAGES } from "../../../../lab/images/references";
import { replaceRegistry } from "../../../../lab/images/registry";

test("an image keeps its path and tag in another registry", () => {
  expect(replaceRegistry("docker.io/istio/pilot:1.31.0", "127.0.0.1:5000")).toBe(
    "127.0.0.1:5000/istio/pilot:1.31.0",
  );
});

test("no two images have the same place in one registry", () => {
  const places = Object.values(IMAGES).map((image) => replaceRegistry(image, "r"));

  expect(new Set(places).size).toBe(places.length);
});
