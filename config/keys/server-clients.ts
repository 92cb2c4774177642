import { z } from "zod";

import { clientHosts } from "../../components/mtls/client-hosts";
import { clientName } from "../../components/pki/client-name";
import { crlPem } from "../../components/pki/revocation";
import { signingRequestPem } from "../../components/pki/signing-request-pem";
import { EGRESS_GATEWAY } from "../../stacks/names";
import { accountName, flag, hostName, objectName, trustDomain } from "../../validation/fields";
import { APPLICATION_NAMESPACE } from "./application-namespace";

/** An entry of the key `clients`: a client mesh that may call the server's services. */
export const serverClient = z.strictObject({
  /** Name of the client. The client's own stack has it as `clientName`. */
  name: clientName,
  /** DNS name (SAN) in the certificate of the client's gateway. The ingress gateway requires it. */
  dnsName: hostName,
  /** Trust domain of the client's mesh (DNS name). */
  trustDomain,
  /**
   * Namespace of the client's egress gateway; `istio-system` when the client's `egressGateway` is `shared`.
   *
   * @default "httpbin"
   */
  namespace: objectName.default(APPLICATION_NAMESPACE),
  /**
   * Service account of the client's egress gateway.
   *
   * @default "istio-egressgateway"
   */
  serviceAccount: accountName.default(EGRESS_GATEWAY),
  /**
   * Hosts of `services` that the client may call. For other hosts, the ingress gateway answers with 403.
   *
   * @default every host of `services`
   */
  hosts: clientHosts.exactOptional(),
  /**
   * Whether the client is refused for now. It keeps its certificates, but the ingress gateway answers all its requests
   * with 403, and a body that says so.
   *
   * @default false
   */
  suspended: flag.default(false),
  /**
   * The client's signing request (PEM), when its `intermediateKey` is `client`: the output `signingRequestPem` of its
   * stack.
   *
   * @default the server makes the client's key
   */
  signingRequestPem: signingRequestPem.exactOptional(),
  /**
   * With `signingRequestPem`: the revocation list of the client's intermediate CA (PEM), the output `crlPem` of the client's
   * stack. Required when anything is `revoked`. Copy it again before it expires.
   *
   * @default none
   */
  crlPem: crlPem.exactOptional(),
});

/** A client mesh that may call the server's services, with the defaults filled in. */
export type ServerClient = Readonly<z.output<typeof serverClient>>;
