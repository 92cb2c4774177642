import { z } from "zod";

import { checkSameTls, exposedService } from "../../components/mtls/exposed-service";
import { certificatesPem } from "../../components/pki/given-ca";
import { revocation } from "../../components/pki/revocation";
import { rootNumber, rootNumbers } from "../../components/pki/trusted-roots";
import { checkRequestNames } from "../../components/pki/signing-request-pem";
import {
  address,
  cidr,
  commonName,
  ipv4,
  connectionSeconds,
  integer,
  nodePort,
  nonEmpty,
  nonEmptyList,
  oneOf,
  flag,
  unique,
  uniqueBy,
} from "../../validation/fields";
import { emptyAsUnset, key } from "../key";
import { serverClient } from "./server-clients";

/** Keys of the server stack. */
export const serverKeys = {
  /** Common name of the root certificate. People recognize the root by it; nothing checks it. */
  rootCommonName: key(commonName, "demodomain21.com"),
  /**
   * Numbers of the roots that the meshes trust. A new number makes a new root, and a number that is gone deletes its root.
   * To replace a root, trust both for a while.
   */
  trustedRoots: key(rootNumbers, [1]),
  /** Number of the root that signs the intermediates. It must be one that every mesh trusts already. */
  signingRoot: key(rootNumber, 1),
  /**
   * Roots of your own PKI (PEM) that the meshes trust too, while you move to `givenCa`. A PKI that all meshes trust can sign
   * for each of them, so remove it afterwards.
   *
   * @default "" (none)
   */
  additionalRootsPem: key(emptyAsUnset(certificatesPem), ""),
  /**
   * When Pulumi refuses to delete or replace the root's key: `always`, `never`, or `onGke`, which means with cluster
   * `gke`.
   */
  protectRoot: key(oneOf("onGke", "always", "never"), "onGke"),
  /**
   * Services that clients may call.
   *
   * @default [] (none, but the server stack requires at least one)
   */
  services: key(
    nonEmptyList(exposedService, "add the services that clients may call")
      .superRefine(uniqueBy("host"))
      .superRefine(checkSameTls),
    [],
  ),
  /**
   * Client meshes that may call the services.
   *
   * @default [] (none, but the server stack requires at least one)
   */
  clients: key(
    nonEmptyList(serverClient, "add the client meshes that may call the services")
      .superRefine(uniqueBy("name"))
      .superRefine(uniqueBy("dnsName"))
      .superRefine(uniqueBy("trustDomain"))
      .superRefine(checkRequestNames),
    [],
  ),
  /**
   * Certificates that are no longer valid. As soon as there is one, both gateways check revocation lists, which are valid as
   * long as leaves (`certificates.leafHours`) and renewed like them.
   *
   * @default [] (none, and no lists)
   */
  revoked: key(z.array(revocation).readonly(), []),
  /**
   * Longest life of a client's connection, in seconds. Then the ingress gateway asks the client for a new one, for which it checks
   * the client's certificate again. It finishes requests first.
   */
  maxConnectionSeconds: key(connectionSeconds, 60),
  /**
   * Longest duration of a request, a stream or a WebSocket, in seconds. Then the ingress gateway resets it. It bounds how long a
   * client whose certificate is revoked keeps what it has begun.
   *
   * @default 0 (no limit)
   */
  maxStreamSeconds: key(integer(0, 24 * 60 * 60), 0),
  /**
   * How clients reach the ingress gateway: `LoadBalancer`, `Internal` or `NodePort`. `Internal` is a load balancer with a
   * private address, on GKE. `NodePort` is for a cluster without load balancers.
   */
  ingressType: key(oneOf("LoadBalancer", "Internal", "NodePort"), "LoadBalancer"),
  /**
   * With a load balancer: an address that you have reserved for it (IPv4).
   *
   * @default "" (on GKE with `LoadBalancer`, the stack reserves an address; otherwise the cloud selects one)
   */
  ingressAddress: key(emptyAsUnset(ipv4), ""),
  /**
   * With a load balancer: its class, which selects the controller that creates it. It cannot be changed later.
   *
   * @default "" (the cluster's default)
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#load-balancer-class
   */
  ingressClass: key(emptyAsUnset(nonEmpty), ""),
  /**
   * With a load balancer: annotations of the Service for the cloud's controller.
   *
   * @default {} (none)
   */
  ingressAnnotations: key(z.record(z.string(), z.string()), {}),
  /**
   * With a load balancer: address ranges (IPv4 CIDR) that may connect, such as the client's output
   * `natAddress` followed by `/32`.
   *
   * @default [] (every address)
   */
  ingressSourceRanges: key(z.array(cidr).readonly().superRefine(unique), []),
  /** With ingressType `NodePort`: address of a node (IPv4 address or DNS name) that the clients' clusters can reach. */
  ingressNodeAddress: key(emptyAsUnset(address), ""),
  /**
   * With ingressType `NodePort`: the port on the nodes.
   *
   * @see https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport
   */
  ingressNodePort: key(nodePort, 30_443),
  /** Whether to run the sample service, httpbin, in the application's namespace. */
  sampleService: key(flag, true),
};
