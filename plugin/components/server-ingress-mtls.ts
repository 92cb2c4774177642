import type * as pulumi from "@pulumi/pulumi";

import {
  ServerIngressMtls,
  type ServerIngressMtlsArgs,
} from "../../components/mtls/server-ingress-mtls";
import type { Construct } from "../construct";

export type Inputs = ServerIngressMtlsArgs;

export interface Outputs {
  /** Address that clients connect to: an IP address, or a DNS name where the cloud gives one. */
  readonly address: pulumi.Output<string>;
  /** Port that clients connect to. */
  readonly port: pulumi.Output<number>;
}

export const construct: Construct<Inputs, Outputs> = (name, inputs, options) => {
  const { urn, address, port } = new ServerIngressMtls(name, inputs, options);
  return { urn, state: { address, port } };
};
