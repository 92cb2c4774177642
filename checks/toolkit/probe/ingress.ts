import type { Meshes } from "../../meshes";
import type { ProbeResult } from "./result";
import { tlsProbe, type TlsProbeRequest } from "./tls-probe";

/** Where a probe differs from a request of the egress gateway. */
export type ProbeOverrides = Partial<Omit<TlsProbeRequest, "address" | "port" | "ca">>;

/** Sends a request to the ingress gateway from outside both meshes. */
export function probeIngress(meshes: Meshes, overrides: ProbeOverrides): Promise<ProbeResult> {
  const [host] = meshes.hosts;
  return tlsProbe({
    ...meshes.ingress,
    ca: meshes.rootCertPem,
    serverName: host,
    host,
    path: "/headers",
    ...overrides,
  });
}
