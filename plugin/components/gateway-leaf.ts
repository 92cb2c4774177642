import type * as pulumi from "@pulumi/pulumi";

import { GatewayLeaf, type GatewayLeafArgs } from "../../components/pki/gateway-leaf";
import type { Construct } from "../construct";

export type Inputs = GatewayLeafArgs;

export interface Outputs {
  /** The leaf followed by its intermediate (PEM). A peer knows only the root, so the gateway sends the whole chain. */
  readonly chainPem: pulumi.Output<string>;
  /** The private key (PEM), a secret. */
  readonly privateKeyPem: pulumi.Output<string>;
}

export const construct: Construct<Inputs, Outputs> = (name, inputs, options) => {
  const { urn, chainPem, privateKeyPem } = new GatewayLeaf(name, inputs, options);
  return { urn, state: { chainPem, privateKeyPem } };
};
