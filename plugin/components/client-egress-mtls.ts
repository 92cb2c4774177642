import type { ClientEgressMtlsInputs } from "../../components/mtls/client-egress-args";
import { ClientEgressMtls } from "../../components/mtls/client-egress-mtls";
import type { Construct } from "../construct";

/** Without transforms: a function cannot be passed to another process. */
export type Inputs = ClientEgressMtlsInputs;

/** None. */
export type Outputs = Record<string, never>;

export const construct: Construct<Inputs, Outputs> = (name, inputs, options) => {
  const { urn } = new ClientEgressMtls(name, inputs, options);
  return { urn, state: {} };
};
