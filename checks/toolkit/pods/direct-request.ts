import type { Meshes } from "../../meshes";
import type { ContainerRef } from "./container";
import { curl, type CurlResult } from "./curl";

/** A request that the network drops takes this long. */
export const CONNECT_SECONDS = "3";

/**
 * Arguments of curl for TLS to the ingress gateway's address, without a client certificate and without verifying the
 * server's. Uses TLS 1.2, in which a refusal ends the handshake. In TLS 1.3 the refusal races with the request.
 */
export function directRequest({ hosts: [host], ingress: { address, port } }: Meshes): string[] {
  return [
    ...["-k", "--connect-timeout", CONNECT_SECONDS, "--tls-max", "1.2"],
    ...["--connect-to", `${host}:${port}:${address}:${port}`],
    `https://${host}:${port}/headers`,
  ];
}

/** Sends a request to the ingress gateway's address, past the egress gateway. */
export function requestDirectly(pod: ContainerRef, meshes: Meshes): Promise<CurlResult> {
  return curl(pod, directRequest(meshes));
}

/** The server's alert for a request of {@link directRequest}. */
export function alertForDirectRequest({ minTlsVersion }: Meshes): string {
  return minTlsVersion === "1.2" ? "handshake failure" : "protocol version";
}
