import type { Retries } from "../istio/objects/virtual-service";

/**
 * Repeats only what the next proxy has not processed, so it is safe for every method. Istio's default also repeats requests
 * that an application answered with the gRPC status UNAVAILABLE or CANCELLED.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_filters/router_filter#x-envoy-retry-on
 */
export const SAFE_RETRIES: Retries = {
  attempts: 3,
  retryOn: "connect-failure,refused-stream,reset-before-request",
  backoff: "100ms",
};
