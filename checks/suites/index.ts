import { certificateProfiles } from "./certificate-profiles";
import type { Check } from "../check";
import { crossedGateways } from "./crossed-gateways";
import { directConnection } from "./direct-connection";
import { forgedXfcc } from "./forged-xfcc";
import { gatewayMetrics } from "./gateway-metrics";
import { hostNames } from "./host-names";
import { keysInClusters } from "./keys-in-clusters";
import { networkPolicy } from "./network-policy";
import { noKeyLeft } from "./no-key-left";
import { otherCaller } from "./other-caller";
import { plainHttp } from "./plain-http";
import { plaintextInMesh } from "./plaintext-in-mesh";
import { refusedCertificates } from "./refused-certificates";
import { requestPasses } from "./request-passes";
import { rogueServers } from "./rogue-servers";
import { secretReaders } from "./secret-readers";
import { sidecarClusters } from "./sidecar-clusters";
import { tlsVersions } from "./tls-versions";
import { unknownHost } from "./unknown-host";
import { workloadCertificates } from "./workload-certificates";

/** All that must pass and all that must be refused, for every runner: the lab, `npm run verify`, the report. */
export const checks: readonly Check[] = [
  ...requestPasses,
  ...crossedGateways,
  ...tlsVersions,
  ...refusedCertificates,
  ...workloadCertificates,
  ...hostNames,
  ...plainHttp,
  ...forgedXfcc,
  ...plaintextInMesh,
  ...unknownHost,
  ...sidecarClusters,
  ...directConnection,
  ...networkPolicy,
  ...otherCaller,
  ...secretReaders,
  ...certificateProfiles,
  ...keysInClusters,
  ...gatewayMetrics,
  // One after the other, when all else is done.
  ...rogueServers,
  ...noKeyLeft,
];
