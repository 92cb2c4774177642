import { z } from "zod";

import { dnsName, objectName, port } from "../../validation/fields";

/** A service that clients may call. */
export const exposedService = z.strictObject({
  /** Host that clients call (DNS name). The server's certificate names it. */
  host: dnsName,
  /** Namespace of the Kubernetes Service. */
  namespace: objectName,
  /** Name of the Kubernetes Service. */
  service: objectName,
  /** Port of the Kubernetes Service. */
  port,
});
