import type * as pulumi from "@pulumi/pulumi";

import { PeerAuthentication } from "./objects/peer-authentication";
import { ProxyConfig } from "./objects/proxy-config";
import { Sidecar } from "./objects/sidecar";

/** Inputs of {@link closedNamespace}. */
export interface ClosedNamespaceArgs {
  readonly namespace: pulumi.Input<string>;
  /** Prefix of the names of the objects. */
  readonly objectPrefix: string;
  /** Whether applications in the namespace call hosts of another mesh. */
  readonly calls: boolean;
}

/**
 * Closes one namespace of a mesh whose own settings may be open: mutual TLS is STRICT, and the sidecars of applications that
 * call another mesh only reach hosts that the mesh knows, and resolve these hosts themselves.
 */
export function closedNamespace(
  name: string,
  { namespace, objectPrefix, calls }: ClosedNamespaceArgs,
  opts: pulumi.CustomResourceOptions,
): readonly pulumi.Resource[] {
  const metadata = (what: string) => ({ name: `${objectPrefix}-${what}`, namespace });
  const strict = new PeerAuthentication(
    `${name}-strict`,
    { metadata: metadata("strict"), spec: { mtls: { mode: "STRICT" } } },
    opts,
  );
  if (!calls) return [strict];
  return [
    strict,
    new Sidecar(
      `${name}-registry-only`,
      {
        metadata: metadata("registry-only"),
        spec: { outboundTrafficPolicy: { mode: "REGISTRY_ONLY" } },
      },
      opts,
    ),
    new ProxyConfig(
      `${name}-dns-capture`,
      {
        metadata: metadata("dns-capture"),
        spec: { environmentVariables: { ISTIO_META_DNS_CAPTURE: "true" } },
      },
      opts,
    ),
  ];
}
