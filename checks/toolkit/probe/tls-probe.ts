import { checkServerIdentity, connect, type SecureVersion } from "node:tls";

import type { Credential } from "../pki/credential";
import { exchange, type ProbeRequest } from "./exchange";
import { type ProbeResult, resultOf } from "./result";

/** A request over TLS. */
export interface TlsProbeRequest extends ProbeRequest {
  /** Trust anchors for the server's certificate (PEM), which must also name `serverName`. */
  readonly ca: string;
  /** @default the request's host */
  readonly serverName?: string;
  /** @default the server name */
  readonly sni?: string;
  /** @default none: the client shows no certificate */
  readonly credential?: Credential | undefined;
  /** @default "TLSv1.2" */
  readonly minVersion?: SecureVersion | undefined;
  /** @default "TLSv1.3" */
  readonly maxVersion?: SecureVersion | undefined;
  /** Cipher suites below TLS 1.3, in OpenSSL's words. */
  readonly ciphers?: string | undefined;
}

/** Sends a GET over TLS and tells how it went: by answer, alert, or reset. */
export async function tlsProbe(request: TlsProbeRequest): Promise<ProbeResult> {
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
    // What OpenSSL finds wrong with the options it finds at once.
    return resultOf(error as NodeJS.ErrnoException, "connection");
  }
}
