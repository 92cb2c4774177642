import type * as pulumi from "@pulumi/pulumi";

import { type IstioArgs, IstioResource, type Labels } from "./resource";

/** The fields of Telemetry (`telemetry.istio.io/v1`) that this project sets. */
export interface TelemetrySpec {
  /** Pods of the object's namespace. Without it, the object applies to all of them. */
  readonly selector?: { matchLabels: Labels };
  readonly accessLogging: { providers: { name: string }[]; filter?: { expression: string } }[];
}

/**
 * An Istio Telemetry object. Without a selector it applies to all proxies of its namespace. One with a selector overrides it,
 * field by field. Of two without a selector in one namespace, Istio uses the older one.
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/
 */
export class Telemetry extends IstioResource<TelemetrySpec> {
  constructor(name: string, args: IstioArgs<TelemetrySpec>, opts?: pulumi.CustomResourceOptions) {
    super("telemetry.istio.io/v1", "Telemetry", name, args, opts);
  }
}
