import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { GatewayInput } from "../istio/istio-gateway";

/** A load balancer of the cloud in front of the gateway. */
export interface LoadBalancerExposure {
  /** What kind of Service it is. */
  readonly type: "LoadBalancer";
  /**
   * Reserved static address to use (IPv4).
   *
   * @default the cloud picks one
   */
  readonly address?: pulumi.Input<string>;
  /**
   * Ranges that may connect (CIDR), such as the NAT addresses of the admitted clients.
   *
   * @default [] (everyone)
   */
  readonly sourceRanges?: readonly string[];
  /**
   * Annotations that the cloud's controller reads.
   *
   * @default {}
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/** A port on every node, where no public address is to be had. */
export interface NodePortExposure {
  /** What kind of Service it is. */
  readonly type: "NodePort";
  /** Address of a node, as the client's cluster reaches it. */
  readonly nodeAddress: string;
  /** The port on the nodes. */
  readonly nodePort: number;
}

/** How the ingress gateway is reached from outside the cluster. */
export type IngressExposure = LoadBalancerExposure | NodePortExposure;

/** Where clients connect. */
export interface IngressEndpoint {
  readonly address: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
}

/**
 * The gateway's Service. It is the program's own rather than the chart's, so that its address is an output and it
 * goes first on destroy: a load balancer outlives a cluster that was deleted under it.
 */
export function ingressService(
  parent: pulumi.Resource,
  name: string,
  gateway: GatewayInput,
  exposure: IngressExposure,
): IngressEndpoint {
  const port = { name: "https", port: 443, targetPort: 443, protocol: "TCP" };
  if (exposure.type === "NodePort") {
    const service = new k8s.core.v1.Service(
      name,
      {
        metadata: { name: gateway.name, namespace: gateway.namespace },
        spec: {
          type: "NodePort",
          selector: gateway.labels,
          ports: [{ ...port, nodePort: exposure.nodePort }],
        },
      },
      { parent },
    );
    return {
      address: pulumi.output(exposure.nodeAddress),
      port: service.spec.apply(({ ports }) => ports[0]?.nodePort ?? exposure.nodePort),
    };
  }
  const service = new k8s.core.v1.Service(
    name,
    {
      metadata: {
        name: gateway.name,
        namespace: gateway.namespace,
        ...(exposure.annotations && { annotations: { ...exposure.annotations } }),
      },
      spec: {
        type: "LoadBalancer",
        selector: gateway.labels,
        ports: [port],
        // The gateway sees the client's own address, and no node forwards for another.
        externalTrafficPolicy: "Local",
        ...(exposure.address !== undefined && { loadBalancerIP: exposure.address }),
        ...(exposure.sourceRanges?.length && {
          loadBalancerSourceRanges: [...exposure.sourceRanges],
        }),
      },
    },
    { parent },
  );
  return { address: service.status.apply(loadBalancerAddress), port: pulumi.output(port.port) };
}

/** The address that the cloud gave: an IP address on most, a DNS name on some. */
export function loadBalancerAddress(status: k8s.types.output.core.v1.ServiceStatus): string {
  // The provider waits for an address, so a Service without one is a Service that no cloud controller looks after.
  const ingress = status.loadBalancer.ingress as
    k8s.types.output.core.v1.LoadBalancerIngress[] | undefined;
  const address = ingress?.[0]?.ip ?? ingress?.[0]?.hostname;
  if (!address) {
    // A preview shows a Service as it is, and one that only becomes a load balancer has no address yet.
    if (pulumi.runtime.isDryRun()) return "";
    throw new Error(
      "the ingress gateway's Service has no load balancer address: use ingressType NodePort on a cluster without load balancers",
    );
  }
  return address;
}
