import type { Check } from "../check";
import { refusedCertificate } from "../toolkit/ingress-probe";
import { clientWorkload, serverWorkload, workloadCertificate } from "../toolkit/pods/workload-pods";
import { WRONG_NAME } from "./refused-certificates";

/** Certificates that istiod gave to workloads: they chain to the same root, and must not be enough. */
export const workloadCertificates: readonly Check[] = [
  refusedCertificate({
    id: 11,
    name: "a workload certificate of the server mesh",
    refusal: WRONG_NAME,
    credential: async (_, { use }) => workloadCertificate(await use(serverWorkload)),
  }),
  refusedCertificate({
    id: 11,
    name: "a workload certificate of the client mesh",
    refusal: WRONG_NAME,
    credential: async (_, { use }) => workloadCertificate(await use(clientWorkload)),
  }),
];
