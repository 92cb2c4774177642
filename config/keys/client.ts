import { z } from "zod";

import { allowedDestination } from "../../components/mtls/egress-network-policy";
import { clientName } from "../../components/pki/client-name";
import { revokedLeaf } from "../../components/pki/revocation";
import { TEST_POD } from "../../components/samples/names";
import { flag, hostName, nonEmptyList, oneOf, unique } from "../../validation/fields";
import { key } from "../key";
import { additionalServers } from "./client-additional-servers";
import { callerSettings } from "./client-callers";
import { serverAddresses } from "./client-server-addresses";
import { stackName } from "./stack-name";

/** Keys of the client stack. */
export const clientKeys = {
  /** Name of the server's stack: `STACK`, or `ORGANIZATION/PROJECT/STACK`. */
  serverStack: key(stackName, "server"),
  /**
   * Addresses of the server's ingresses, by which this mesh reaches them, such as an endpoint in its own network. With more
   * than one, the egress gateway leaves out one that it cannot connect to.
   *
   * @default [] (those of the server's stack)
   */
  serverAddresses: key(serverAddresses, []),
  /** Name of this client in the server's key `clients`. */
  clientName: key(clientName, "client"),
  /**
   * Hosts of the server to call (DNS names).
   *
   * @default [] (every host that the server lets this client call)
   */
  hosts: key(z.array(hostName).readonly().superRefine(unique), []),
  /**
   * Servers that this client calls besides the one of `serverStack`, each with its own root. `serverAddresses`, `clientName` and
   * `hosts` are about the server of `serverStack`.
   *
   * @default [] (none)
   */
  additionalServers: key(additionalServers, []),
  /**
   * Which stack makes the key of this mesh's intermediate CA. With `server`, the client gets the key as a secret output;
   * with `client`, the key stays here and the server signs a request.
   */
  intermediateKey: key(oneOf("server", "client"), "server"),
  /**
   * With intermediateKey `client`: certificates of this mesh's own CA that are no longer valid. Copy the output `crlPem` to
   * the server's `clients` afterwards, and again before it expires.
   *
   * @default [] (none)
   */
  revokedLeaves: key(z.array(revokedLeaf).readonly(), []),
  /** Where the egress gateway runs: `dedicated` in the application's namespace, or `shared` in istio-system. */
  egressGateway: key(oneOf("dedicated", "shared"), "dedicated"),
  /** Workloads that may call the server, in the application's namespace or in others. */
  callers: key(nonEmptyList(callerSettings, "add the service accounts that may call the server"), [
    { serviceAccount: TEST_POD },
  ]),
  /** Whether a NetworkPolicy blocks the application's pods from leaving the cluster except through the egress gateway. */
  networkPolicy: key(flag, true),
  /**
   * With networkPolicy: destinations outside the cluster that the application's pods may reach directly. For example, Google's
   * APIs, the metadata server, or a DNS resolver.
   *
   * @default [] (none, except GKE's DNS resolvers)
   */
  networkPolicyAllows: key(z.array(allowedDestination).readonly(), []),
  /** Whether to run a pod with curl in the application's namespace. */
  testPod: key(flag, true),
};
