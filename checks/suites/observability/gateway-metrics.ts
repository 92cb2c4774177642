import {
  CLIENT_CERTIFICATE_EXPIRY,
  clientExpiryQuery,
  METRICS,
  SERVER_CERTIFICATE_EXPIRY,
} from "../../../components/observability/metrics";
import type { Check, CheckContext } from "../../check";
import type { GatewayWorkload, Meshes } from "../../meshes";
import { podOutsideMesh, podWithoutSidecar } from "../../toolkit/fixtures/outside-pods";
import { programCertificates } from "../../toolkit/fixtures/program-certificates";
import { testCertificates } from "../../toolkit/fixtures/test-certificates";
import type { Sample } from "../../toolkit/metrics/exposition";
import { scrape } from "../../toolkit/metrics/scrape";
import { issue } from "../../toolkit/pki/leaf";
import { clientPod } from "../../toolkit/pods/container";
import { curl, describeCurl } from "../../toolkit/pods/curl";
import { poll } from "../../toolkit/poll";
import { probeIngress } from "../../toolkit/probe/ingress";

/** A gateway, the pod that scrapes it, and its certificate. */
interface Target {
  readonly gateway: (meshes: Meshes) => GatewayWorkload;
  readonly scraper: typeof podOutsideMesh;
  /** The metric with the expiry of its certificate, which the other gateway does not have. */
  readonly expiryMetric: (meshes: Meshes) => string;
  readonly certificate: "serverLeaf" | "clientLeaf";
}

const INGRESS: Target = {
  gateway: ({ server }) => server.ingressGateway,
  scraper: podOutsideMesh,
  expiryMetric: () => SERVER_CERTIFICATE_EXPIRY,
  certificate: "serverLeaf",
};
const EGRESS: Target = {
  gateway: ({ client }) => client.egressGateway,
  scraper: podWithoutSidecar,
  expiryMetric: ({ client }) => clientExpiryQuery([client.egressGateway.credentialName]),
  certificate: "clientLeaf",
};

const EXPORTED = {
  requirement: "gateway-metrics",
  why: "The dashboard and the alerts get their data, without a mesh certificate.",
  threat: "A renamed or missing metric makes an alert silent, and a certificate expires unnoticed.",
} as const;

/** Envoy updates its histograms every 5 s. */
const WAIT = { timeoutMs: 20_000, intervalMs: 500 };

/** The metrics that the dashboard and the alerts use. */
export const gatewayMetrics: readonly Check[] = [
  expectMetrics(INGRESS, {
    ...EXPORTED,
    slug: "observability/ingress-gateway-metrics",
    title: "the ingress gateway's metrics, scraped in plain HTTP",
  }),
  expectMetrics(EGRESS, {
    ...EXPORTED,
    slug: "observability/egress-gateway-metrics",
    title: "the egress gateway's metrics, scraped in plain HTTP",
  }),
  {
    slug: "observability/refusals-counted",
    title: "the ingress gateway counts refused handshakes",
    requirement: "gateway-metrics",
    expected: "fail_verify_error rises after a self-signed certificate",
    why: "Attempts with a wrong certificate are visible.",
    threat: "An attack, or a client with an expired certificate, goes unnoticed.",
    async run(context) {
      const { clientLeaf } = await context.use(testCertificates);
      const before = await countRefusals(context);
      await probeIngress(context.meshes, { credential: await issue(clientLeaf(), "itself") });
      const after = await poll(
        () => countRefusals(context),
        (count) => count > before,
        WAIT,
      );
      return { pass: after > before, observed: `from ${before} to ${after}` };
    },
  },
];

function expectMetrics(target: Target, check: Omit<Check, "expected" | "run">): Check {
  const expiryMetrics = [SERVER_CERTIFICATE_EXPIRY, CLIENT_CERTIFICATE_EXPIRY];
  const others = Object.entries(METRICS)
    .filter(([metric, { by }]) => by === "gateway" && !expiryMetrics.includes(metric))
    .map(([metric]) => metric);
  return {
    ...check,
    expected: `${others.length + 1} metrics, and the expiry of its certificate`,
    async run({ meshes, use }) {
      const expiryMetric = target.expiryMetric(meshes);
      const wanted = [...others, expiryMetric];
      const request = await curl(clientPod(meshes), [`http://${meshes.hosts[0]}/headers`]);
      if (request.kind !== "answer") return { pass: false, observed: describeCurl(request) };
      const findMissing = (samples: readonly Sample[]) => {
        const names = new Set(samples.map(({ name }) => name));
        return wanted.filter((metric) => !names.has(metric));
      };
      const samples = await poll(
        async () => scrape(await use(target.scraper), target.gateway(meshes)),
        (scraped) => findMissing(scraped).length === 0,
        WAIT,
      );
      const missing = findMissing(samples);
      if (missing.length > 0) return { pass: false, observed: `missing: ${missing.join(", ")}` };
      const certificates = await use(programCertificates);
      const leaf = certificates.find(({ role }) => role === target.certificate)?.certificate;
      const expiry = leaf === undefined ? NaN : leaf.notAfter.getTime() / 1_000;
      const exported = samples
        .filter(({ name }) => name === expiryMetric)
        .map(({ value }) => value);
      return {
        pass: exported.every((value) => value === expiry),
        observed: `${wanted.length} metrics; expiry ${exported.map(formatDate).join(", ")}`,
      };
    },
  };
}

/** Handshakes that the ingress gateway has refused because of the chain. */
async function countRefusals({ meshes, use }: CheckContext): Promise<number> {
  const samples = await scrape(await use(INGRESS.scraper), INGRESS.gateway(meshes));
  return samples
    .filter(({ name }) => name === "envoy_listener_ssl_fail_verify_error")
    .reduce((sum, { value }) => sum + value, 0);
}

function formatDate(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().slice(0, 10);
}
