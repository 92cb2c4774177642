import {
  ClientEgressMtls,
  type ClientEgressMtlsArgs,
} from "../../components/mtls/client-egress-mtls";
import type { Construct } from "../construct";

export type Inputs = ClientEgressMtlsArgs;

/** None. */
export type Outputs = Record<string, never>;

export const construct: Construct<Inputs, Outputs> = (name, inputs, options) => {
  const { urn } = new ClientEgressMtls(name, inputs, options);
  return { urn, state: {} };
};
