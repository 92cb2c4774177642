import { z } from "zod";

import type { ObservabilitySettings } from "../components/observability/settings";
import { objectName, oneOf, text } from "./fields";

const place = z.string().min(1, {
  error: "is empty: name a repository, a registry or a folder",
});
const version = text(
  (value) => /^\d+\.\d+\.\d+(-[\w.-]+)?$/.test(value),
  "version",
  "use one such as 1.2.3",
);
const values = z.record(z.string(), z.unknown());

const settings: z.ZodType<ObservabilitySettings> = z
  .strictObject({
    prometheus: oneOf("install", "operator", "managed"),
    kiali: z.boolean().exactOptional(),
    namespace: objectName.exactOptional(),
    labels: z.record(z.string(), z.string()).exactOptional(),
    prometheusCharts: place.exactOptional(),
    prometheusVersion: version.exactOptional(),
    prometheusValues: values.exactOptional(),
    kialiCharts: place.exactOptional(),
    kialiVersion: version.exactOptional(),
    kialiValues: values.exactOptional(),
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
export const observabilitySettings = z
  .record(z.string(), z.unknown())
  .transform((value, context): ObservabilitySettings | undefined => {
    if (Object.keys(value).length === 0) return undefined;
    const parsed = settings.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) context.addIssue({ ...issue });
    return z.NEVER;
  });
