import type * as pulumi from "@pulumi/pulumi";

import type { GatewayRef } from "./gateway-ref";
import { Telemetry } from "./objects/telemetry";

/** Every Istio has this provider. It writes to the standard output, in the format of the mesh. */
const STANDARD_OUTPUT = { providers: [{ name: "envoy" }] };

/**
 * Requests that failed, or were cut off, and connections that failed. Connections have no status, only response flags.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/intro/arch_overview/advanced/attributes#response-attributes
 */
export const FAILED = "response.flags != 0 || response.code >= 400";

/** Inputs of {@link gatewayAccessLog}. */
export interface GatewayAccessLogArgs {
  readonly gateway: GatewayRef;
  /** Prefix of the name of the object. */
  readonly objectPrefix: string;
}

/** Makes a gateway log every request, also if a Telemetry object for its namespace or its mesh logs fewer. */
export function gatewayAccessLog(
  name: string,
  { gateway, objectPrefix }: GatewayAccessLogArgs,
  opts: pulumi.CustomResourceOptions,
): Telemetry {
  return new Telemetry(
    `${name}-access-log`,
    {
      metadata: { name: `${objectPrefix}-access-log`, namespace: gateway.namespace },
      spec: { selector: { matchLabels: gateway.labels }, accessLogging: [STANDARD_OUTPUT] },
    },
    opts,
  );
}

/** Inputs of {@link sidecarAccessLog}. */
export interface SidecarAccessLogArgs {
  readonly namespace: pulumi.Input<string>;
  /** Prefix of the name of the object. */
  readonly objectPrefix: string;
}

/**
 * Makes all proxies of a namespace log failed requests only. A gateway in this namespace needs an object of its own
 * ({@link gatewayAccessLog}).
 */
export function sidecarAccessLog(
  name: string,
  { namespace, objectPrefix }: SidecarAccessLogArgs,
  opts: pulumi.CustomResourceOptions,
): Telemetry {
  return new Telemetry(
    `${name}-sidecar-access-log`,
    {
      metadata: { name: sidecarAccessLogName(objectPrefix), namespace },
      spec: { accessLogging: [{ ...STANDARD_OUTPUT, filter: { expression: FAILED } }] },
    },
    opts,
  );
}

/** Name of the object of {@link sidecarAccessLog}. */
export function sidecarAccessLogName(objectPrefix: string): string {
  return `${objectPrefix}-sidecar-access-log`;
}
