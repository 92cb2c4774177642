/**
 * A workload's identity as Istio's policies write it: the SPIFFE ID without `spiffe://`.
 *
 * @see https://istio.io/latest/docs/concepts/security/#istio-identity
 */
export function workloadPrincipal(
  trustDomain: string,
  namespace: string,
  serviceAccount: string,
): string {
  return `${trustDomain}/ns/${namespace}/sa/${serviceAccount}`;
}
