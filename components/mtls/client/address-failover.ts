import type { OutlierDetection } from "../../istio/objects/connection-policy";

/**
 * Leaves out an address to which connections fail, for 30 s at first and longer each time. What an application answers, such
 * as 503, never counts: it says nothing about the address. At least one address stays, because the gateway would
 * otherwise refuse all requests until the time is over.
 */
export function addressFailover(addresses: number): OutlierDetection | undefined {
  if (addresses < 2) return undefined;
  return {
    splitExternalLocalOriginErrors: true,
    consecutiveLocalOriginFailures: 3,
    consecutive5xxErrors: 0,
    baseEjectionTime: "30s",
    maxEjectionPercent: Math.floor(((addresses - 1) / addresses) * 100),
  };
}
