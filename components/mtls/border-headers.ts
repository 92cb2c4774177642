import type { HttpRoute } from "../istio/objects/virtual-service";
import type { ExposedService } from "./exposed-service";

type RouteHeaders = NonNullable<HttpRoute["headers"]>;

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
export const LEAVING_CLIENT: RouteHeaders = {
  request: {
    set: { "x-forwarded-proto": "http" },
    remove: [...INTERNAL, "x-forwarded-for", "x-forwarded-client-cert"],
  },
};

/**
 * The client's certificate, without its PEM, which Istio's gateways always add. Envoy replaces the expressions. A certificate can have several
 * DNS names, and a comma would begin another element, so they have quotes, as the subject always has.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-forwarded-client-cert
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage#command-operators
 */
const CERTIFICATE_IDENTITY = [
  "Hash=%DOWNSTREAM_PEER_FINGERPRINT_256%",
  'Subject="%DOWNSTREAM_PEER_SUBJECT%"',
  "URI=%DOWNSTREAM_PEER_URI_SAN%",
  'DNS="%DOWNSTREAM_PEER_DNS_SAN%"',
].join(";");

/**
 * What enters and leaves the server mesh. The application gets the address that connected to the ingress gateway, and none that
 * the client claims.
 */
export function atServer({
  certificateHeader = "identity",
}: Pick<ExposedService, "certificateHeader">): RouteHeaders {
  return {
    request: {
      set: {
        "x-forwarded-for": "%DOWNSTREAM_DIRECT_REMOTE_ADDRESS_WITHOUT_PORT%",
        ...(certificateHeader === "identity" && {
          "x-forwarded-client-cert": CERTIFICATE_IDENTITY,
        }),
      },
      remove: ["x-envoy-external-address"],
    },
    response: { remove: [...INTERNAL, "x-envoy-upstream-service-time"] },
  };
}
