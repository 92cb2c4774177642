import type { HttpRoute } from "../istio/objects/virtual-service";

/** Headers of Envoy and Istio that describe a mesh to its own proxies. */
const INTERNAL = [
  "x-envoy-attempt-count",
  "x-envoy-decorator-operation",
  "x-envoy-peer-metadata",
  "x-envoy-peer-metadata-id",
];

/**
 * What leaves the client mesh: no address of a pod, no identity of a workload, and the scheme that the application used. Envoy
 * would tell the server `https`, because the gateway received the request by the mesh's mutual TLS.
 */
export const LEAVING_CLIENT: NonNullable<HttpRoute["headers"]> = {
  request: {
    set: { "x-forwarded-proto": "http" },
    remove: [...INTERNAL, "x-forwarded-for", "x-forwarded-client-cert"],
  },
};

/**
 * What enters and leaves the server mesh. The application gets the address that connected to the ingress gateway, and none that
 * the client claims.
 */
export const AT_SERVER: NonNullable<HttpRoute["headers"]> = {
  request: {
    set: { "x-forwarded-for": "%DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%" },
    remove: ["x-envoy-external-address"],
  },
  response: { remove: [...INTERNAL, "x-envoy-upstream-service-time"] },
};
