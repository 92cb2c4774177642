import type { CertificateLifetimes } from "../pki/lifetimes";
import { type Alert, alert, type GatewayEnd } from "./alert";
import { expiryThresholds } from "./thresholds";

const MESH_CA_EXPIRY = "citadel_server_cert_chain_expiry_timestamp";
const ROOT_EXPIRY = "citadel_server_root_cert_expiry_timestamp";

const EXPIRES = "It expires in {{ $value | humanizeDuration }}.";
const RENEW =
  "Run `pulumi up` on the server stack, then on the client stack. Then find out why the regular renewal did not happen.";
const RELOAD =
  "If the renewal did happen, istiod has not loaded the new certificate: see istiod's log.";

/** The alerts for certificates at one end whose renewal is overdue. `gatewayExpiry` is the query for the gateway's. */
export function certificateAlerts(
  end: GatewayEnd,
  lifetimes: CertificateLifetimes,
  gatewayExpiry: string,
): Alert[] {
  const leaf = expiryThresholds(lifetimes.leafHours);
  const intermediate = expiryThresholds(lifetimes.intermediateHours);
  const root = expiryThresholds(lifetimes.rootHours);
  return [
    alert("MeshToMeshGatewayCertificateOverdue", {
      severity: "warning",
      expr: expiresWithin(gatewayExpiry, leaf.overdueSeconds),
      for: "15m",
      summary: `The renewal of the ${end} gateway's certificate is overdue.`,
      description: `${EXPIRES} ${RENEW}`,
    }),
    alert("MeshToMeshGatewayCertificateExpiring", {
      severity: "critical",
      expr: expiresWithin(gatewayExpiry, leaf.soonSeconds),
      for: "5m",
      summary: `The ${end} gateway's certificate expires soon. After that, all requests between the meshes fail.`,
      description: `${EXPIRES} ${RENEW}`,
    }),
    alert("MeshToMeshIntermediateOverdue", {
      severity: "warning",
      expr: expiresWithin(MESH_CA_EXPIRY, intermediate.overdueSeconds),
      for: "15m",
      summary: "The renewal of the mesh's intermediate CA is overdue.",
      description: `${EXPIRES} ${RENEW} ${RELOAD}`,
    }),
    alert("MeshToMeshIntermediateExpiring", {
      severity: "critical",
      expr: expiresWithin(MESH_CA_EXPIRY, intermediate.soonSeconds),
      for: "5m",
      summary:
        "The mesh's intermediate CA expires soon. After that, workloads in the mesh get no certificates.",
      description: `${EXPIRES} ${RENEW} ${RELOAD}`,
    }),
    alert("MeshToMeshRootOverdue", {
      severity: "warning",
      expr: expiresWithin(ROOT_EXPIRY, root.overdueSeconds),
      for: "15m",
      summary: "The renewal of the root certificate is overdue. Renewing it is a manual procedure.",
      description: `${EXPIRES} Plan the renewal: for a while, both meshes must trust the old and the new root.`,
    }),
  ];
}

/** True for each pod whose certificate expires soon. By pod, because one pod can miss a renewal that the others got. */
function expiresWithin(metric: string, seconds: number): string {
  return `min by (namespace, pod) (${metric}) - time() < ${seconds}`;
}
