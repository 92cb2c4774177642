import type { Result } from "../../checks/check";
import { checks } from "../../checks/suites";
import type { LoadStats } from "../../lab/scenario/load-stats";
import type { PageData } from "../../report/page-data";

const NOW = "2030-01-01T12:00:00.000Z";
const SPIFFE = "spiffe://client.demodomain21.com/ns/httpbin/sa";

const certificate = (
  serial: string,
  kind: PageData["certificates"][number]["kind"],
  name: string,
  years: [string, string, string],
  issuerSerial?: string,
): PageData["certificates"][number] => {
  const [notBefore, renewalFrom, notAfter] = years.map((day) => `${day}T00:00:00.000Z`) as [
    string,
    string,
    string,
  ];
  return {
    ...{ serial, kind, name, notBefore, renewalFrom, notAfter, state: "valid" },
    issuer: "CN=issuer",
    ...(issuerSerial !== undefined && { issuerSerial }),
  };
};

const phase = (name: string, requests: number, failed = 0): LoadStats => ({
  ...{ phase: name, requests, failed, p50Ms: 5, p99Ms: 12, maxMs: 40, gapMs: 120, recoveryMs: 0 },
  failures: failed > 0 ? ["503 UC"] : [],
  figures: { "ms until seen": 4200 },
});

const SECONDS = 90;
const each = (valueOf: (second: number) => number) =>
  Array.from({ length: SECONDS }, (_, second) => valueOf(second));

/** All checks, passed. */
export const passedChecks: readonly Result[] = checks.map(({ slug, title, expected }, index) => ({
  ...{ slug, title, expected, observed: expected.replaceAll("`", ""), pass: true },
  ms: 10 + index,
}));

/** What a lab with a story found. */
export const labData: PageData = {
  command: "npm run lab -- --scenario rotate-leaf",
  createdAt: NOW,
  path: {
    url: "http://application.demodomain21.com",
    stops: [
      { mesh: "client", name: "application", place: "httpbin" },
      { mesh: "client", name: "its sidecar", place: "httpbin" },
      { mesh: "client", name: "egress gateway", place: "httpbin" },
      { mesh: "server", name: "ingress gateway", place: "istio-ingress" },
      { mesh: "server", name: "sidecar of httpbin", place: "httpbin" },
      { mesh: "server", name: "httpbin", place: "httpbin" },
    ],
    hops: [
      { address: "240.240.0.1:80", protocol: "HTTP/1.1" },
      {
        address: "10.20.0.7:8443",
        protocol: "HTTP/2",
        tls: {
          version: "TLSv1.3",
          client: [`${SPIFFE}/client`],
          server: [`${SPIFFE}/istio-egressgateway`],
        },
      },
      {
        address: "203.0.113.65:443",
        protocol: "HTTP/2",
        tls: {
          version: "TLSv1.3",
          client: ["client.demodomain21.com", `${SPIFFE}/istio-egressgateway`],
          server: ["application.demodomain21.com", "second.demodomain21.com"],
        },
      },
      {
        address: "10.10.0.9:8080",
        protocol: "HTTP/1.1",
        tls: {
          version: "TLSv1.3",
          client: ["spiffe://server.demodomain21.com/ns/istio-ingress/sa/istio-ingressgateway"],
          server: ["spiffe://server.demodomain21.com/ns/httpbin/sa/httpbin"],
        },
      },
      { address: "10.10.0.9:8080" },
    ],
  },
  certificates: [
    certificate(
      "a3",
      "leaf",
      `DNS:client.demodomain21.com URI:${SPIFFE}/istio-egressgateway`,
      ["2029-12-31", "2030-03-01", "2030-03-31"],
      "a2",
    ),
    certificate(
      "b3",
      "leaf",
      "DNS:application.demodomain21.com",
      ["2029-12-31", "2030-03-01", "2030-03-31"],
      "b2",
    ),
    certificate(
      "a2",
      "intermediate",
      "client CA",
      ["2029-12-31", "2030-09-01", "2030-12-31"],
      "c1",
    ),
    certificate(
      "b2",
      "intermediate",
      "server CA",
      ["2029-12-31", "2030-09-01", "2030-12-31"],
      "c1",
    ),
    certificate("c1", "root", "demodomain21.com", ["2029-12-31", "2036-12-31", "2039-12-31"]),
  ],
  checks: passedChecks,
  timings: {
    requestMs: 66_000,
    totalMs: 132_000,
    peakMemoryBytes: 3.2 * 2 ** 30,
    steps: {},
    spans: [
      { step: "start the server cluster", startMs: 1000, ms: 14_000 },
      { step: "start the client cluster", startMs: 1000, ms: 13_000 },
      { step: "pulumi up server", startMs: 15_000, ms: 22_000 },
      { step: "pulumi destroy server", startMs: 120_000, ms: 11_000 },
      { step: "create the network", startMs: 500, ms: 300 },
    ],
  },
  stories: [
    {
      scenario: "rotate-leaf",
      load: [phase("before", 200), phase("replace the server's leaf", 1600, 3)],
      series: {
        requests: each(() => 20),
        failed: each((second) => (second === 40 ? 3 : 0)),
        p50Ms: each((second) => 5 + (second % 3)),
        maxMs: each((second) => (second === 40 ? 900 : 20)),
        phases: [
          { phase: "before", beganMs: 0 },
          { phase: "replace the server's leaf", beganMs: 10_000 },
        ],
      },
      steps: [
        { step: "pulumi up server", startMs: 11_000, ms: 20_000 },
        { step: "pulumi up client", startMs: 31_500, ms: 15_000 },
      ],
    },
  ],
  versions: { kubernetes: "v1.37.2", istio: "1.31" },
};

/** What `npm run verify` found, with a check that failed and one that was skipped. */
export const verifyData: PageData = {
  command: "npm run verify",
  createdAt: NOW,
  path: labData.path,
  certificates: labData.certificates,
  versions: labData.versions,
  checks: passedChecks.map((result, index) => {
    if (index === 0) return { ...result, pass: false, observed: '503 <b>"UC"</b>' };
    return index === 1
      ? { ...result, pass: false, skipped: true, observed: "skipped: no reason" }
      : result;
  }),
};
