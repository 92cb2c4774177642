import type { Check } from "../../check";
import type { Mesh } from "../../meshes";
import {
  clientWorkload,
  readWorkloadCertificate,
  serverWorkload,
} from "../../toolkit/fixtures/workload-pods";
import type { Refusal } from "../../toolkit/probe/refusal";
import { expectRefusal, UNKNOWN_CA, UNKNOWN_NAME } from "./certificate-refusal";

const WORKLOAD = {
  requirement: "workload-certificate-refused",
  why: "Every workload certificate of both meshes chains to the shared root, so a valid chain must not be enough.",
  refusal: UNKNOWN_NAME,
} as const;

/** Certificates that istiod issued to workloads. */
export const workloadCertificates: readonly Check[] = [
  expectRefusal({
    ...WORKLOAD,
    slug: "ingress/server-workload-certificate",
    title: "a workload certificate of the server mesh",
    threat: "Any workload of the server mesh calls the service from outside, as a client.",
    refusalFor: ({ server }) => refusalOf(server),
    credential: async (_, { use }) => readWorkloadCertificate(await use(serverWorkload)),
  }),
  expectRefusal({
    ...WORKLOAD,
    slug: "ingress/client-workload-certificate",
    title: "a workload certificate of the client mesh",
    threat: "Any workload of the client mesh calls the server without the egress gateway.",
    refusalFor: ({ client }) => refusalOf(client),
    credential: async (_, { use }) => readWorkloadCertificate(await use(clientWorkload)),
  }),
];

/** The certificates of a mesh with a CA of its own do not chain to the gateways' root. */
function refusalOf({ hasOtherCa }: Mesh): Refusal {
  return hasOtherCa ? UNKNOWN_CA : UNKNOWN_NAME;
}
