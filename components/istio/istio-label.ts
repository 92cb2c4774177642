/**
 * The value of the label `istio` on the pods of a gateway: the release's name without `istio-`. Istio's chart sets it,
 * and Gateway objects select the pods by it.
 */
export function istioLabel(gatewayName: string): string {
  return gatewayName.replace(/^istio-/, "");
}
