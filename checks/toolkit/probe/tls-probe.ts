import { checkServerIdentity, connect, type SecureVersion } from "node:tls";

import type { Credential } from "../pki/credential";
import { exchange, type ProbeRequest } from "./exchange";
import { classifyError, type ProbeResult } from "./result";

/** A request over TLS. */
export interface TlsProbeRequest extends ProbeRequest {
  /** Trust anchors for the server's certificate (PEM). */
  readonly ca: string;
  /**
   * DNS name that the server's certificate must contain.
   *
   * @default the request's host
   */
  readonly serverName?: string;
  /** @default `serverName` */
  readonly sni?: string;
  /** @default no client certificate */
  readonly credential?: Credential | undefined;
  /** @default "TLSv1.2" */
  readonly minVersion?: SecureVersion | undefined;
  /** @default "TLSv1.3" */
  readonly maxVersion?: SecureVersion | undefined;
  /** Cipher suites for TLS 1.2 and older, as an OpenSSL cipher list. */
  readonly ciphers?: string | undefined;
}

/** How long to wait for an alert that is later than the request. It must be shorter than the probe's time-out. */
const LATE_ALERT_MS = 2500;

/** Sends a GET over TLS and returns how the server answered. */
export async function tlsProbe(request: TlsProbeRequest): Promise<ProbeResult> {
  const result = await attempt(request);
  if (result.kind !== "reset" || result.during !== "request") return result;
  // A busy server's alert can be later than the request, which then finds a closed connection.
  return attempt({ ...request, alertMs: LATE_ALERT_MS });
}

async function attempt(request: TlsProbeRequest): Promise<ProbeResult> {
  const { serverName = request.host, credential } = request;
  try {
    const socket = connect({
      host: request.address,
      port: request.port,
      servername: request.sni ?? serverName,
      checkServerIdentity: (_, certificate) => checkServerIdentity(serverName, certificate),
      ca: request.ca,
      ALPNProtocols: ["http/1.1"],
      minVersion: request.minVersion ?? "TLSv1.2",
      maxVersion: request.maxVersion ?? "TLSv1.3",
      ...(request.ciphers !== undefined && { ciphers: request.ciphers }),
      ...(credential && { cert: credential.chainPem, key: credential.privateKeyPem }),
    });
    return await exchange(socket, request);
  } catch (error) {
    // OpenSSL rejects invalid options before it connects.
    return classifyError(error as NodeJS.ErrnoException, "connection");
  }
}
