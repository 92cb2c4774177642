import type { GatewayRef } from "../../components/istio/istio-gateway";
import { IstioInstall, type IstioInstallArgs } from "../../components/istio/istio-install";
import { ArgsError } from "../../validation/args";
import type { Construct } from "../construct";

export type Inputs = IstioInstallArgs;

export interface Outputs {
  /** The gateways, by name, for the argument `gateway` of ServerIngressMtls and ClientEgressMtls. */
  readonly gateways: Readonly<Record<string, GatewayRef>>;
}

export const construct: Construct<Inputs, Outputs> = (name, inputs, options) => {
  const revisions: readonly unknown[] = inputs.revisions;
  if (revisions.length === 0) {
    throw new ArgsError("IstioInstall", name, [
      { path: ["revisions"], message: "must not be empty: name at least one control plane" },
    ]);
  }
  const made = new IstioInstall(name, inputs, options);
  const gateways = inputs.gateways.map(({ gatewayName }) => gatewayName);
  return {
    urn: made.urn,
    state: { gateways: Object.fromEntries(gateways.map((each) => [each, made.gateway(each)])) },
  };
};
