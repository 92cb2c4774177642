import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { input } from "../../validation/args";
import {
  endpointAddress,
  hostName,
  locality,
  nonEmptyList,
  port,
  unique,
  uniqueBy,
} from "../../validation/fields";
import { report } from "../../validation/issues";

/** An ingress of the server mesh. */
export interface ServerAddress {
  /** IP address or DNS name. */
  readonly address: pulumi.Input<string>;
  /** Port. */
  readonly port: pulumi.Input<number>;
  /**
   * Where it is, as `REGION`, `REGION/ZONE` or `REGION/ZONE/SUBZONE`. The gateway prefers the ingress that is nearest to its
   * node, whose labels `topology.kubernetes.io/region` and `topology.kubernetes.io/zone` say where that is.
   *
   * @default all ingresses are equal
   */
  readonly locality?: string;
}

/** Where the gateway connects to the server mesh. */
export interface ServerEndpoint extends ServerAddress {
  /** Hosts to call (DNS names). The server's certificate must contain them. */
  readonly hosts: readonly string[];
  /**
   * Further ingresses that serve the same hosts. The gateway leaves out one that it cannot connect to.
   *
   * @default []
   */
  readonly alternatives?: readonly ServerAddress[];
}

const serverAddress = z.looseObject({
  address: input(endpointAddress),
  port: input(port),
  locality: locality.optional(),
});

/** Checks a {@link ServerEndpoint}. */
export const serverEndpoint = serverAddress
  .extend({
    hosts: nonEmptyList(hostName, "name at least one host to call").superRefine(unique),
    alternatives: z.array(serverAddress).readonly().superRefine(uniqueBy("address")).optional(),
  })
  .superRefine(({ locality: first, alternatives = [] }, context) => {
    checkLocalities([{ locality: first }, ...alternatives], context, (index) =>
      index === 0 ? [] : ["alternatives", index - 1],
    );
  });

/** Reports an address without a locality beside one with a locality: it would be as far away as any. */
export function checkLocalities(
  addresses: readonly { readonly locality?: string | undefined }[],
  context: z.RefinementCtx,
  pathOf: (index: number) => readonly PropertyKey[],
): void {
  if (addresses.every(({ locality: one }) => one === undefined)) return;
  for (const [index, { locality: one }] of addresses.entries()) {
    if (one !== undefined) continue;
    const message =
      "is missing, although another address has one: give each address its locality, or none";
    report(context, { path: [...pathOf(index), "locality"], message });
  }
}
