import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { GATEWAY_PORT } from "../../istio/gateway-port";
import type { GatewayInput } from "../../istio/gateway-ref";
import { applyTransform, type Transform } from "../../transform";
import type { IngressExposure } from "./exposure";

/** What no controller can change on a load balancer. The new Service has the name of the old one. */
const FIXED = [
  "spec.loadBalancerClass",
  'metadata.annotations["networking.gke.io/load-balancer-type"]',
];

/**
 * What the Kubernetes provider waits for: the address, or the port. By default it also waits until the Service's pods
 * have not changed for 10 s, but the gateway's release has waited for its pods already.
 *
 * @see https://www.pulumi.com/registry/packages/kubernetes/resources/#wait-for-custom-conditions
 */
const READY_WHEN: Readonly<Record<IngressExposure["type"], string>> = {
  LoadBalancer: "jsonpath={.status.loadBalancer.ingress}",
  NodePort: "jsonpath={.spec.ports[0].nodePort}",
};

/** Arguments of the Service. Unlike Pulumi's own type, both are plain objects, which a transform can spread. */
export interface GatewayServiceArgs {
  readonly metadata: k8s.types.input.meta.v1.ObjectMeta;
  readonly spec: k8s.types.input.core.v1.ServiceSpec;
}

/** Inputs of {@link ingressService}. */
export interface IngressServiceArgs {
  /** Name of the Service. */
  readonly serviceName: string;
  readonly gateway: GatewayInput;
  readonly exposure: IngressExposure;
  readonly transform?: Transform<GatewayServiceArgs> | undefined;
}

/** Where clients connect. */
export interface IngressEndpoint {
  /** All addresses. Most clouds give one. */
  readonly addresses: pulumi.Output<string[]>;
  readonly address: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
}

/**
 * The Service that exposes the gateway. Istio's chart could make it, but this way its address is an output, and Pulumi
 * deletes it before the cluster: when a cluster is deleted first, its load balancers remain.
 */
export function ingressService(
  name: string,
  { serviceName, gateway, exposure, transform }: IngressServiceArgs,
  opts: pulumi.CustomResourceOptions,
): IngressEndpoint {
  const annotations = exposure.type === "LoadBalancer" ? exposure.annotations : {};
  const service = new k8s.core.v1.Service(
    name,
    applyTransform<GatewayServiceArgs>(transform, name, {
      metadata: {
        name: serviceName,
        namespace: gateway.namespace,
        annotations: { "pulumi.com/waitFor": READY_WHEN[exposure.type], ...annotations },
      },
      spec: { type: exposure.type, selector: gateway.labels, ...exposureSpec(exposure) },
    }),
    { ...opts, replaceOnChanges: FIXED, deleteBeforeReplace: true },
  );
  if (exposure.type === "NodePort") {
    return {
      addresses: pulumi.output([exposure.nodeAddress]),
      address: pulumi.output(exposure.nodeAddress),
      port: service.spec.apply(({ ports }) => ports[0]?.nodePort ?? exposure.nodePort),
    };
  }
  const addresses = service.status.apply(loadBalancerAddresses);
  return {
    addresses,
    address: addresses.apply(([first = ""]) => first),
    port: pulumi.output(GATEWAY_PORT),
  };
}

function exposureSpec(exposure: IngressExposure): k8s.types.input.core.v1.ServiceSpec {
  const port = { name: "https", port: GATEWAY_PORT, targetPort: GATEWAY_PORT, protocol: "TCP" };
  if (exposure.type === "NodePort") return { ports: [{ ...port, nodePort: exposure.nodePort }] };
  const { reservedAddress, loadBalancerClass, sourceRanges = [] } = exposure;
  return {
    ports: [port],
    // A node only sends traffic to its own pods, so the gateway sees the client's address.
    externalTrafficPolicy: "Local",
    ...(reservedAddress !== undefined && { loadBalancerIP: reservedAddress }),
    ...(loadBalancerClass !== undefined && { loadBalancerClass }),
    ...(sourceRanges.length > 0 && { loadBalancerSourceRanges: [...sourceRanges] }),
  };
}

/** The addresses from the cloud: IP addresses in most clouds, DNS names in some. */
export function loadBalancerAddresses(status: k8s.types.output.core.v1.ServiceStatus): string[] {
  // The Kubernetes provider waits for an address. A Service without one has no controller that serves it.
  const ingress = status.loadBalancer.ingress as
    k8s.types.output.core.v1.LoadBalancerIngress[] | undefined;
  const addresses = (ingress ?? [])
    .map(({ ip, hostname }) => ip || hostname)
    .filter((address) => address);
  if (addresses.length === 0) {
    // In a preview that turns a NodePort Service into a load balancer, the Service has no address yet.
    if (pulumi.runtime.isDryRun()) return [""];
    throw new Error(
      "the ingress gateway's Service has no load balancer address: on a cluster without load balancers, use a NodePort (ingressType in the stack's configuration)",
    );
  }
  return addresses;
}
