import { CLIENT_CREDENTIAL } from "../mtls/credential-names";
import type { CertificateLifetimes } from "../pki/lifetimes";
import type { Alert, GatewayEnd } from "./alert";
import { certificateAlerts } from "./certificate-alerts";
import { clientExpiryQuery, SERVER_CERTIFICATE_EXPIRY } from "./metrics";
import { trafficAlerts } from "./traffic-alerts";

/** Prometheus alerting rules that are evaluated together. */
export interface AlertGroup {
  readonly name: string;
  readonly rules: readonly Alert[];
}

/**
 * The alerts for one end of the connection: certificates whose renewal is overdue, rejected handshakes, failing requests,
 * and a gateway without metrics. `credentialNames` are the Secrets with the egress gateway's certificates.
 */
export function alertGroups(
  end: GatewayEnd,
  lifetimes: CertificateLifetimes,
  credentialNames: readonly string[] = [CLIENT_CREDENTIAL],
): readonly AlertGroup[] {
  const gatewayExpiry =
    end === "ingress" ? SERVER_CERTIFICATE_EXPIRY : clientExpiryQuery(credentialNames);
  return [
    { name: "mesh-to-mesh-certificates", rules: certificateAlerts(end, lifetimes, gatewayExpiry) },
    { name: "mesh-to-mesh-traffic", rules: trafficAlerts(end, gatewayExpiry) },
  ];
}
