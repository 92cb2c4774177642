/** The port of each gateway: its Envoy, its Service and, for an ingress gateway, the load balancer listen on it. */
export const GATEWAY_PORT = 443;
