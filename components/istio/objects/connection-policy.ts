/**
 * How a proxy uses the connections to a host. Durations are strings such as `5s`.
 *
 * @see https://istio.io/latest/docs/reference/config/networking/destination-rule/#TrafficPolicy
 */
export interface ConnectionPolicy {
  /** How requests are distributed over the endpoints. */
  readonly loadBalancer?: {
    readonly simple: "LEAST_REQUEST" | "RANDOM" | "ROUND_ROBIN" | "PASSTHROUGH";
  };
  /** Limits on connections and requests. */
  readonly connectionPool?: ConnectionPool;
  /** When an endpoint gets no more requests. */
  readonly outlierDetection?: OutlierDetection;
}

/** Limits on connections and requests. */
export interface ConnectionPool {
  readonly tcp?: {
    readonly maxConnections?: number;
    readonly connectTimeout?: string;
    readonly idleTimeout?: string;
    readonly maxConnectionDuration?: string;
    readonly tcpKeepalive?: {
      readonly probes?: number;
      readonly time?: string;
      readonly interval?: string;
    };
  };
  readonly http?: {
    readonly http1MaxPendingRequests?: number;
    readonly http2MaxRequests?: number;
    readonly maxRequestsPerConnection?: number;
    readonly maxConcurrentStreams?: number;
    readonly maxRetries?: number;
    readonly idleTimeout?: string;
    readonly h2UpgradePolicy?: "DEFAULT" | "DO_NOT_UPGRADE" | "UPGRADE";
    /** Pings on connections of HTTP/2. Istio 1.31 or later. */
    readonly http2KeepAlive?: { readonly interval: string; readonly timeout: string };
  };
}

/** When an endpoint gets no more requests. */
export interface OutlierDetection {
  readonly consecutive5xxErrors?: number;
  readonly consecutiveGatewayErrors?: number;
  readonly consecutiveLocalOriginFailures?: number;
  readonly splitExternalLocalOriginErrors?: boolean;
  readonly interval?: string;
  readonly baseEjectionTime?: string;
  readonly maxEjectionPercent?: number;
  readonly minHealthPercent?: number;
}
