import type { CertificateLifetimes } from "../pki/lifetimes";
import type { Alert, GatewayEnd } from "./alert";
import { certificateAlerts } from "./certificate-alerts";
import { trafficAlerts } from "./traffic-alerts";

/** Prometheus alerting rules that are evaluated together. */
export interface AlertGroup {
  readonly name: string;
  readonly rules: readonly Alert[];
}

/**
 * The alerts for one end of the connection: certificates whose renewal is overdue, rejected handshakes, failing requests,
 * and a gateway without metrics.
 */
export function alertGroups(
  end: GatewayEnd,
  lifetimes: CertificateLifetimes,
): readonly AlertGroup[] {
  return [
    { name: "mesh-to-mesh-certificates", rules: certificateAlerts(end, lifetimes) },
    { name: "mesh-to-mesh-traffic", rules: trafficAlerts(end) },
  ];
}
