import { z } from "zod";

import { checkLocalities } from "../../components/mtls/server-endpoint";
import { endpointAddress, locality, port, uniqueBy } from "../../validation/fields";

/** An entry of the key `serverAddresses`: an ingress of the server. */
const serverAddress = z.strictObject({
  /** IP address or DNS name. */
  address: endpointAddress,
  /**
   * Port.
   *
   * @default the output `ingressPort` of the server's stack
   */
  port: port.exactOptional(),
  /**
   * Where it is, as `REGION`, `REGION/ZONE` or `REGION/ZONE/SUBZONE`. The egress gateway prefers the address that is
   * nearest to its node. For all addresses, or for none.
   *
   * @default all addresses are equal
   */
  locality: locality.exactOptional(),
});

/** Ingresses of the server. */
export const serverAddresses = z
  .array(serverAddress)
  .readonly()
  .superRefine(uniqueBy("address"))
  .superRefine((addresses, context) => {
    checkLocalities(addresses, context, (index) => [index]);
  });
