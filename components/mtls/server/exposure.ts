import type * as pulumi from "@pulumi/pulumi";
import { z } from "zod";

import { input } from "../../../validation/args";
import { address, cidr, ipv4, nodePort, nonEmpty } from "../../../validation/fields";
import { mustBe } from "../../../validation/messages";

/** A cloud load balancer in front of the gateway. */
export interface LoadBalancerExposure {
  /** Type of the Service. */
  readonly type: "LoadBalancer";
  /**
   * Reserved static address of the load balancer (IPv4).
   *
   * @default an address that the cloud selects
   */
  readonly reservedAddress?: pulumi.Input<string>;
  /**
   * Class of the load balancer, which selects the controller that creates it. It cannot be changed later.
   *
   * @default the cluster's default
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class
   */
  readonly loadBalancerClass?: string;
  /**
   * Ranges that may connect (CIDR), such as the NAT addresses of the clients.
   *
   * @default [] (everyone)
   */
  readonly sourceRanges?: readonly string[];
  /**
   * Annotations for the cloud's load balancer controller.
   *
   * @default {}
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A port on each node, for clusters without load balancers. */
export interface NodePortExposure {
  /** Type of the Service. */
  readonly type: "NodePort";
  /** Address of a node that the clients' clusters can reach (IPv4 or DNS name). */
  readonly nodeAddress: string;
  /** Port on the nodes, from 30000 to 32767. */
  readonly nodePort: number;
}

/** How the ingress gateway is reached from outside the cluster. */
export type IngressExposure = LoadBalancerExposure | NodePortExposure;

const wrongExposureType = mustBe('"LoadBalancer" or "NodePort"');

/** Checks an {@link IngressExposure}. */
export const ingressExposure = z.discriminatedUnion(
  "type",
  [
    z.looseObject({
      type: z.literal("LoadBalancer"),
      reservedAddress: input(ipv4).optional(),
      loadBalancerClass: nonEmpty.optional(),
      sourceRanges: z.array(cidr).readonly().optional(),
      annotations: z.record(z.string(), z.string()).optional(),
    }),
    z.looseObject({ type: z.literal("NodePort"), nodeAddress: address, nodePort }),
  ],
  {
    error: ({ input: exposure }) =>
      wrongExposureType({ input: (exposure as { type?: unknown } | undefined)?.type }),
  },
);
