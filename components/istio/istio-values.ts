import { z } from "zod";

import { helmValues } from "../../validation/fields";
import { checkProtectedValues } from "./protected-values";

/** Helm values, by chart. */
export const istioValues = z
  .strictObject({
    /**
     * Values for `base`, the chart with the custom resource definitions.
     *
     * @default {}
     */
    base: helmValues.exactOptional(),
    /**
     * Values for `istiod`, the control plane.
     *
     * @default {}
     */
    istiod: helmValues.exactOptional(),
    /**
     * Values for `gateway`, the chart of each gateway.
     *
     * @default {}
     */
    gateway: helmValues.exactOptional(),
  })
  .superRefine(checkProtectedValues);

/** Helm values, by chart. */
export type IstioValues = Readonly<z.output<typeof istioValues>>;
