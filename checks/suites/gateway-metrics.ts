import {
  CLIENT_CERTIFICATE_EXPIRY,
  METRICS,
  SERVER_CERTIFICATE_EXPIRY,
} from "../../components/observability/metrics";
import { programCertificates } from "../toolkit/certificates/program-certificates";
import { testCertificates } from "../toolkit/certificates/test-certificates";
import { type Bench, type Check, saw } from "../check";
import { probeIngress } from "../toolkit/ingress-probe";
import type { GatewayPlace, Meshes } from "../meshes";
import type { Sample } from "../toolkit/metrics/exposition";
import { scrape } from "../toolkit/metrics/scrape";
import { issue } from "../toolkit/pki/leaf";
import { clientPod } from "../toolkit/pods/client-pod";
import { curl, describeCurl } from "../toolkit/pods/curl";
import { podOutsideMesh, podWithoutSidecar } from "../toolkit/pods/outsiders";
import { poll } from "../toolkit/poll";

/** Which of the two gateways, what it exports that the other does not, and from where it is asked. */
interface Watched {
  readonly gateway: (meshes: Meshes) => GatewayPlace;
  readonly outsider: typeof podOutsideMesh;
  readonly expiry: string;
  readonly certificate: "serverLeaf" | "clientLeaf";
}

const INGRESS: Watched = {
  gateway: ({ server }) => server.ingressGateway,
  outsider: podOutsideMesh,
  expiry: SERVER_CERTIFICATE_EXPIRY,
  certificate: "serverLeaf",
};
const EGRESS: Watched = {
  gateway: ({ client }) => client.egressGateway,
  outsider: podWithoutSidecar,
  expiry: CLIENT_CERTIFICATE_EXPIRY,
  certificate: "clientLeaf",
};

/** Envoy's histograms come with its flush, every 5 s. */
const PATIENCE = { deadlineMs: 20_000, everyMs: 500 };

/** What dashboard and alerts live on. */
export const gatewayMetrics: readonly Check[] = [
  exported("the ingress gateway's metrics, in plain HTTP", INGRESS),
  exported("the egress gateway's metrics, in plain HTTP", EGRESS),
  {
    id: 36,
    name: "the ingress gateway counts whom it refuses",
    expected: "fail_verify_error rises with a self-signed certificate",
    async run(bench) {
      const { clientLeaf } = await bench.use(testCertificates);
      const before = await refused(bench);
      await probeIngress(bench.meshes, { credential: await issue(clientLeaf(), "itself") });
      const after = await poll(
        () => refused(bench),
        (count) => count > before,
        PATIENCE,
      );
      return saw(after > before, `from ${before} to ${after}`);
    },
  },
];

function exported(name: string, watched: Watched): Check {
  const others = new Set([SERVER_CERTIFICATE_EXPIRY, CLIENT_CERTIFICATE_EXPIRY]);
  others.delete(watched.expiry);
  const wanted = Object.entries(METRICS)
    .filter(([metric, { by }]) => by === "gateway" && !others.has(metric))
    .map(([metric]) => metric);
  return {
    id: 36,
    name,
    expected: `${wanted.length} metrics, and when its certificate expires`,
    async run(bench) {
      const { meshes, use } = bench;
      const request = await curl(clientPod(meshes), [`http://${meshes.hosts[0]}/headers`]);
      if (request.kind !== "answer") return saw(false, describeCurl(request));
      const missing = (samples: readonly Sample[]) => {
        const there = new Set(samples.map((sample) => sample.name));
        return wanted.filter((metric) => !there.has(metric));
      };
      const samples = await poll(
        async () => scrape(await use(watched.outsider), watched.gateway(meshes)),
        (found) => missing(found).length === 0,
        PATIENCE,
      );
      const absent = missing(samples);
      if (absent.length > 0) return saw(false, `not there: ${absent.join(", ")}`);
      const certificates = await use(programCertificates);
      const leaf = certificates.find(({ role }) => role === watched.certificate)?.certificate;
      const expires = leaf === undefined ? NaN : leaf.notAfter.getTime() / 1_000;
      const told = samples.filter((one) => one.name === watched.expiry).map(({ value }) => value);
      return saw(
        told.every((value) => value === expires),
        `${wanted.length} metrics; expires ${told.map(day).join(", ")}`,
      );
    },
  };
}

/** Handshakes that the ingress gateway refused for their chain, since its start. */
async function refused({ meshes, use }: Bench): Promise<number> {
  const samples = await scrape(await use(INGRESS.outsider), INGRESS.gateway(meshes));
  return samples
    .filter(({ name }) => name === "envoy_listener_ssl_fail_verify_error")
    .reduce((sum, { value }) => sum + value, 0);
}

function day(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(0, 10);
}
