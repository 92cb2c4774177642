import { expect, test } from "vitest";

import { buildLabConfig } from "../../../../lab/program/lab-config";

const valuesOf = (images: "built" | "official") =>
  (buildLabConfig("/charts", images)["istioValues"] as { istiod: Record<string, unknown> }).istiod;

test("with official images, only the values for upstream Envoy are missing", () => {
  const { env, telemetry, ...rest } = valuesOf("built");

  expect(env).toHaveProperty("PILOT_ENABLE_METADATA_EXCHANGE", "false");
  expect(telemetry).toEqual({ enabled: false });
  expect(valuesOf("official")).toEqual(rest);
});
