import type { Check } from "./check";
import { crossedGateways } from "./crossed-gateways";
import { plaintextInMesh } from "./plaintext-in-mesh";
import { refusedCertificates } from "./refused-certificates";
import { requestPasses } from "./request-passes";
import { tlsVersions } from "./tls-versions";
import { unknownHost } from "./unknown-host";
import { workloadCertificates } from "./workload-certificates";

/** What must pass and what must be refused, in the order of the report. */
export const checks: readonly Check[] = [
  ...requestPasses,
  ...crossedGateways,
  ...tlsVersions,
  ...refusedCertificates,
  ...workloadCertificates,
  ...plaintextInMesh,
  ...unknownHost,
];
