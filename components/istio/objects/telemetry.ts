import type * as pulumi from "@pulumi/pulumi";

import { type IstioArgs, IstioResource } from "./resource";

/** The fields of Telemetry (`telemetry.istio.io/v1`) that this project sets. */
export interface TelemetrySpec {
  readonly accessLogging: { providers: { name: string }[] }[];
}

/**
 * An Istio Telemetry object. Without a selector it applies to all proxies of its namespace.
 *
 * @see https://istio.io/latest/docs/reference/config/telemetry/
 */
export class Telemetry extends IstioResource<TelemetrySpec> {
  constructor(name: string, args: IstioArgs<TelemetrySpec>, opts?: pulumi.CustomResourceOptions) {
    super("telemetry.istio.io/v1", "Telemetry", name, args, opts);
  }
}
