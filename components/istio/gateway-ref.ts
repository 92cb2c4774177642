import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { input } from "../../validation/args";
import { objectName } from "../../validation/fields";
import type { Labels } from "./objects/resource";

/** An installed gateway. */
export interface GatewayRef {
  /** Name of its Deployment, and of its Service if it has one. */
  readonly name: string;
  /** Its namespace. Istio reads the gateway's credentials only from there. */
  readonly namespace: pulumi.Input<string>;
  /** Labels that select its pods, such as `istio: ingressgateway`. */
  readonly labels: Labels;
}

/** A gateway: an object, or an output with such an object, such as a component of another package has. */
export type GatewayInput = GatewayRef | pulumi.Output<pulumi.Unwrap<GatewayRef>>;

/** Checks a {@link GatewayInput}. */
export const gatewayInput = input(
  z.looseObject({
    name: objectName,
    namespace: input(objectName),
    labels: z
      .record(z.string(), input(z.string()))
      // To Istio, no labels means all pods.
      .refine((labels) => Object.keys(labels).length > 0, {
        error: "must not be empty: use labels that only the gateway's pods have",
      }),
  }),
);
