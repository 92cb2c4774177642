import type { GatewayRef } from "../../components/istio/gateway-ref";
import { IstioInstall } from "../../components/istio/istio-install";
import type { IstioInstallArgs } from "../../components/istio/istio-install-args";
import type { Construct } from "../construct";

export type Inputs = IstioInstallArgs;

export interface Outputs {
  /** The gateways by name, for the argument `gateway` of ServerIngressMtls and ClientEgressMtls. */
  readonly gateways: Readonly<Record<string, GatewayRef>>;
}

export const construct: Construct<Inputs, Outputs> = (name, inputs, options) => {
  const made = new IstioInstall(name, inputs, options);
  const gateways = inputs.gateways.map(({ gatewayName }) => gatewayName);
  return {
    urn: made.urn,
    state: { gateways: Object.fromEntries(gateways.map((each) => [each, made.gateway(each)])) },
  };
};
