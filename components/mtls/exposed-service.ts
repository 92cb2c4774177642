import { z } from "zod";

import { hostName, objectName, port } from "../../validation/fields";

/** A service of the server mesh that clients may call. */
export const exposedService = z.strictObject({
  /** Host that clients call (DNS name). The server's certificate contains it. */
  host: hostName,
  /** Namespace of the Service. */
  namespace: objectName,
  /** Name of the Service. */
  service: objectName,
  /** Port of the Service. For gRPC, the port must have `appProtocol: grpc`. */
  port,
});

/** A service of the server mesh that clients may call. */
export type ExposedService = Readonly<z.output<typeof exposedService>>;
