import { z } from "zod";

import {
  dnsName,
  hostName,
  nonEmptyList,
  objectName,
  oneOf,
  port,
  uniqueBy,
} from "../../validation/fields";
import { report } from "../../validation/issues";
import { got } from "../../validation/show";
import { certificatesPem } from "../pki/given-ca";
import { servicePath } from "./service-path";

/** A service of the server mesh that clients may call. */
export const exposedService = z
  .strictObject({
    /** Host that clients call (DNS name). The server's certificate contains it. */
    host: hostName,
    /** Namespace of the Service. */
    namespace: objectName,
    /** Name of the Service. */
    service: objectName,
    /** Port of the Service. For gRPC, the port must have `appProtocol: grpc`. */
    port,
    /**
     * How the ingress gateway connects to the Service's pods: `mesh` with the mesh's mutual TLS, to sidecars; `none` without TLS;
     * `simple` with TLS, to a server that has its own certificate. Pods must have no sidecar with `none` and `simple`.
     *
     * @default "mesh"
     */
    tls: oneOf("mesh", "none", "simple").exactOptional(),
    /**
     * With tls `simple`, where it is required: the roots (PEM) that the server's certificate must chain to.
     *
     * @default none
     */
    tlsCaPem: certificatesPem.exactOptional(),
    /**
     * With tls `simple`: the DNS name that the server's certificate must contain.
     *
     * @default SERVICE.NAMESPACE.svc
     */
    tlsName: dnsName.exactOptional(),
    /**
     * Whether the ingress gateway sends HTTP/2 to the sidecars, except for WebSockets. It saves processor time. The application
     * still gets HTTP/1.1 if the port of the Service declares that, by `appProtocol: http` or by a name that is `http` or starts
     * with `http-`. From a port that declares nothing, the application gets HTTP/2, which it may not understand.
     *
     * @default false
     */
    http2: z.boolean().exactOptional(),
    /**
     * Paths that clients may call. To all others, the ingress gateway answers with 404.
     *
     * @default every path, without a time-out
     */
    routes: nonEmptyList(servicePath, "remove the key to let clients call every path")
      .superRefine(uniqueBy("path"))
      .exactOptional(),
  })
  .superRefine(checkTls);

/** A service of the server mesh that clients may call. */
export type ExposedService = Readonly<z.output<typeof exposedService>>;

type Tls = Pick<ExposedService, "tls" | "tlsCaPem" | "tlsName" | "http2">;

function checkTls({ tls, tlsCaPem, tlsName, http2 }: Tls, context: z.RefinementCtx): void {
  if (http2 && tls !== undefined && tls !== "mesh") {
    const message = `has no effect with tls "${tls}", because there is no sidecar: remove it`;
    report(context, { path: ["http2"], message });
  }
  if (tls === "simple") {
    if (tlsCaPem !== undefined) return;
    const message =
      'is missing with tls "simple": enter the root of the CA that signed the certificate of the Service\'s pods';
    report(context, { path: ["tlsCaPem"], message });
    return;
  }
  for (const [key, value] of Object.entries({ tlsCaPem, tlsName })) {
    if (value === undefined) continue;
    const message = `has no effect with tls "${tls ?? "mesh"}": remove it, or set tls to "simple"`;
    report(context, { path: [key], message });
  }
}

const TLS_KEYS = ["tls", "tlsCaPem", "tlsName", "http2"] as const;

function readTls({ tls = "mesh", tlsCaPem, tlsName, http2 = false }: Tls) {
  return { tls, tlsCaPem, tlsName, http2 };
}

/** Reports entries that connect to one Service in two ways. Istio has one set of these settings for each Service. */
export function checkSameTls(
  services: readonly Readonly<z.output<typeof exposedService>>[],
  context: z.RefinementCtx,
): void {
  for (const [index, entry] of services.entries()) {
    const first = services.find(
      ({ namespace, service }) => namespace === entry.namespace && service === entry.service,
    );
    const [own, other] = [entry, first ?? entry].map(readTls);
    const key = TLS_KEYS.find((each) => own?.[each] !== other?.[each]);
    if (key === undefined) continue;
    // A PEM says nothing to a reader.
    const value = key === "tlsCaPem" ? "" : ` ${got(own?.[key])}`;
    report(context, {
      path: [index, key],
      message: `must be the same in all entries of the Service ${entry.namespace}/${entry.service}${value}: use one value, or a Service for each`,
    });
  }
}
