import type { Check } from "../check";
import { certificateProfiles } from "./certificates/profiles";
import { revocationLists } from "./certificates/revocation-lists";
import { trustAnchors } from "./certificates/trust-anchors";
import { callers } from "./egress/callers";
import { directConnection } from "./egress/direct-connection";
import { networkPolicy } from "./egress/network-policy";
import { policyEnforcement } from "./egress/policy-enforcement";
import { otherCaller } from "./egress/other-caller";
import { rogueServers } from "./egress/rogue-servers";
import { sidecarClusters } from "./egress/sidecar-clusters";
import { unknownHost } from "./egress/unknown-host";
import { clientPolicies } from "./ingress/client-policies";
import { forgedXfcc } from "./ingress/forged-xfcc";
import { hostNames } from "./ingress/host-names";
import { plainHttpToIngress } from "./ingress/plain-http";
import { stolenCaKey } from "./ingress/stolen-ca-key";
import { tlsVersions } from "./ingress/tls-versions";
import { unsuitableCertificates } from "./ingress/unsuitable-certificates";
import { untrustedCertificates } from "./ingress/untrusted-certificates";
import { workloadCertificates } from "./ingress/workload-certificates";
import { plaintext } from "./mesh/plaintext";
import { gatewayMetrics } from "./observability/gateway-metrics";
import { bothGateways } from "./path/both-gateways";
import { everyClient } from "./path/every-client";
import { headers } from "./path/headers";
import { plainHttp } from "./path/plain-http";
import { sidecarLog } from "./path/sidecar-log";
import { webSocket } from "./path/websocket";
import { caKeys } from "./secrets/ca-keys";
import { foreignAccounts } from "./secrets/foreign-accounts";
import { privateKeys } from "./secrets/private-keys";

/** All checks, for the lab and for `npm run verify`. */
export const checks: readonly Check[] = [
  ...plainHttp,
  ...everyClient,
  ...bothGateways,
  ...webSocket,
  ...sidecarLog,
  ...headers,
  ...untrustedCertificates,
  ...unsuitableCertificates,
  ...workloadCertificates,
  ...stolenCaKey,
  ...hostNames,
  ...clientPolicies,
  ...tlsVersions,
  ...plainHttpToIngress,
  ...forgedXfcc,
  ...plaintext,
  ...unknownHost,
  ...sidecarClusters,
  ...directConnection,
  ...networkPolicy,
  ...policyEnforcement,
  ...otherCaller,
  ...callers,
  ...foreignAccounts,
  ...caKeys,
  ...certificateProfiles,
  ...revocationLists,
  ...trustAnchors,
  ...gatewayMetrics,
  // Exclusive checks come last. They run one at a time.
  ...rogueServers,
  ...privateKeys,
];
