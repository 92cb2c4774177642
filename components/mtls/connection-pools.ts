import type { ConnectionPool } from "../istio/objects/connection-policy";

/** Connections between two proxies of the path, both of which speak HTTP/2 whatever the applications speak. */
export const HTTP2_POOL: ConnectionPool = { http: { h2UpgradePolicy: "UPGRADE" } };

/** Connections for {@link WEBSOCKET_ROUTE}. They do not depend on what the next mesh's proxies are configured for. */
export const WEBSOCKET_POOL: ConnectionPool = { http: { h2UpgradePolicy: "DO_NOT_UPGRADE" } };
