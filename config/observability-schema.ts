import { z } from "zod";

import type { ObservabilitySettings } from "../components/observability/settings";
import { chartsPlace, chartVersion, helmValues, objectName, oneOf, orNothing } from "./fields";

const version = chartVersion("1.2.3");

const settings: z.ZodType<ObservabilitySettings> = z
  .strictObject({
    prometheus: oneOf("install", "operator", "managed"),
    kiali: z.boolean().exactOptional(),
    namespace: objectName.exactOptional(),
    labels: z.record(z.string(), z.string()).exactOptional(),
    prometheusCharts: chartsPlace.exactOptional(),
    prometheusVersion: version.exactOptional(),
    prometheusValues: helmValues.exactOptional(),
    kialiCharts: chartsPlace.exactOptional(),
    kialiVersion: version.exactOptional(),
    kialiValues: helmValues.exactOptional(),
  })
  .superRefine(({ prometheus, ...others }, context) => {
    for (const key of Object.keys(others) as (keyof typeof others)[]) {
      const needed = NEEDS[key];
      if (needed.includes(prometheus)) continue;
      context.addIssue({
        code: "custom",
        path: [key],
        message: `has no effect with prometheus "${prometheus}": remove it, or set prometheus to "${needed.join('" or "')}"`,
      });
    }
  });

/** With which choice a key means something. */
const NEEDS: Readonly<
  Record<
    Exclude<keyof ObservabilitySettings, "prometheus">,
    readonly ObservabilitySettings["prometheus"][]
  >
> = {
  kiali: ["install"],
  namespace: ["install", "operator"],
  labels: ["operator"],
  prometheusCharts: ["install"],
  prometheusVersion: ["install"],
  prometheusValues: ["install"],
  kialiCharts: ["install"],
  kialiVersion: ["install"],
  kialiValues: ["install"],
};

/** The object `observability`, or nothing where it is empty. */
export const observabilitySettings = orNothing(settings);
