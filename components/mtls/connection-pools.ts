import type { ConnectionPool } from "../istio/objects/connection-policy";

/**
 * Routers between the proxies, such as a NAT, forget connections that are idle: many after 350 s, some after 240 s. Then the
 * next request hangs, once per connection. So each connection stays in use or ends before that.
 */
const TCP: ConnectionPool["tcp"] = {
  connectTimeout: "5s",
  tcpKeepalive: { time: "60s", interval: "10s", probes: 3 },
};

/** Shorter than the idle time-out of the other end, an hour, which would otherwise end connections as requests arrive. */
const IDLE_TIMEOUT = "180s";

/** Connections between two proxies. Both speak HTTP/2, whatever the applications speak. */
export const HTTP2_POOL: ConnectionPool = {
  tcp: TCP,
  http: {
    h2UpgradePolicy: "UPGRADE",
    idleTimeout: IDLE_TIMEOUT,
    // A request on a dead connection fails after 10 s at most, instead of the kernel's 15 minutes. A connection that is
    // interrupted for 5 s survives: TCP repeats a lost packet for the fifth time after 6 s.
    http2KeepAlive: { interval: "3s", timeout: "7s" },
  },
};

/** Connections for WebSockets. */
export const WEBSOCKET_POOL: ConnectionPool = {
  tcp: TCP,
  http: { h2UpgradePolicy: "DO_NOT_UPGRADE", idleTimeout: IDLE_TIMEOUT },
};

/** Connections from the ingress gateway to a service. The port of its Service says whether they use HTTP/2. */
export const SERVICE_POOL: ConnectionPool = { tcp: TCP, http: { idleTimeout: IDLE_TIMEOUT } };
