import type * as pulumi from "@pulumi/pulumi";

import type { ServerIngressMtlsInputs } from "../../components/mtls/server-ingress-args";
import { ServerIngressMtls } from "../../components/mtls/server-ingress-mtls";
import type { Construct } from "../construct";

/** Without transforms: a function cannot be passed to another process. */
export type Inputs = ServerIngressMtlsInputs;

export interface Outputs {
  /** Address that clients connect to: an IP address, or a DNS name in some clouds. */
  readonly address: pulumi.Output<string>;
  /** Port that clients connect to. */
  readonly port: pulumi.Output<number>;
}

export const construct: Construct<Inputs, Outputs> = (name, inputs, options) => {
  const { urn, address, port } = new ServerIngressMtls(name, inputs, options);
  return { urn, state: { address, port } };
};
