import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { describe, expect, test } from "vitest";

import { GATEWAY_STATS } from "../../../../components/istio/gateway-stats";
import { alertGroups } from "../../../../components/observability/alerts";
import { METRICS } from "../../../../components/observability/metrics";

const LIFETIMES = { rootHours: 87_600, intermediateHours: 8_760, leafHours: 2_160 };
const alerts = (["ingress", "egress"] as const)
  .flatMap((end) => alertGroups(end, LIFETIMES))
  .flatMap(({ rules }) => rules);
const dashboard = JSON.parse(readFileSync("components/observability/dashboard.json", "utf8")) as {
  readonly panels: readonly { readonly targets?: readonly { readonly expr: string }[] }[];
};
const queries = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** The names of the metrics in a query. All of them come from Envoy or istiod. */
function metricsIn(query: string): string[] {
  return query.match(/\b(envoy|istio|citadel|pilot|galley)_\w+/g) ?? [];
}

/** The statistics used here that Istio makes every proxy export. */
const EXPORTED_BY_DEFAULT = /^server\.|rbac\.denied$/;

/**
 * The name in Prometheus of one of Envoy's statistics: Istio's bootstrap moves parts of the name to labels, and Envoy's
 * exporter formats the rest.
 *
 * @see https://github.com/istio/istio/blob/1.31.0/tools/packaging/common/envoy_bootstrap.json `stats_tags`
 * @see https://github.com/envoyproxy/envoy/blob/main/source/server/admin/prometheus_stats.cc
 */
function nameInPrometheus(stat: string): string {
  const rest = stat
    .replace(/^cluster\..+?;\./, "cluster.")
    .replace(/^listener\.[_.[\]a-fA-F\d]*?\.(?=[a-z]{2})/, "listener.")
    .replace(/^http\..+?;\./, "http.")
    .replace(/rbac\.(allowed|denied)$/, "rbac")
    .replace(/_rq_\d{3}$/, "_rq");
  const name = `envoy_${rest.replace(/\W/g, "_")}`;
  return rest.endsWith("_time") ? `${name}_bucket` : name;
}

describe("only listed metrics are used", () => {
  test.each(queries)("in the panel with %s", (query) => {
    expect(metricsIn(query).filter((name) => !(name in METRICS))).toEqual([]);
    expect(metricsIn(query)).not.toEqual([]);
  });

  test.each(alerts.map(({ alert, expr }) => [alert, expr]))("in the alert %s", (_, expr) => {
    expect(metricsIn(expr).filter((name) => !(name in METRICS))).toEqual([]);
    expect(metricsIn(expr)).not.toEqual([]);
  });
});

describe.each(Object.entries(METRICS))("%s", (name, { by, stat, source }) => {
  test("is used", () => {
    expect([...queries, ...alerts.map(({ expr }) => expr)].flatMap(metricsIn)).toContain(name);
  });

  test("has a source", () => {
    expect(source).toMatch(/^https:\/\//);
  });

  test("comes from istiod, or from a statistic that the gateways export", () => {
    if (stat === undefined) {
      expect(by).toBe("istiod");
      return;
    }
    expect(nameInPrometheus(stat)).toBe(name);
    expect(EXPORTED_BY_DEFAULT.test(stat) || isExported(stat)).toBe(true);
  });
});

test.each([
  "cluster.outbound|80||application.demodomain21.com;.upstream_rq_2xx", // the same codes again, as classes
  "cluster.xds-grpc;.upstream_rq_time",
  "cluster.inbound|8080||;.ssl.handshake",
  "listener.0.0.0.0_443.downstream_cx_total",
  "listener.0.0.0.0_443.ssl.ciphers.TLS_AES_128_GCM_SHA256",
  "listener.0.0.0.0_443.ssl.certificate.default.expiration_unix_time_seconds",
])("%s is not exported, because nothing uses it", (stat) => {
  expect(isExported(stat)).toBe(false);
});

function isExported(stat: string): boolean {
  return GATEWAY_STATS.some((pattern) => new RegExp(`^${pattern}$`).test(stat));
}

/** Prometheus' own check of queries. CONTRIBUTING.md says how to install promtool. */
const promtool = (...args: string[]) => spawnSync("promtool", args, { encoding: "utf8" });

test.skipIf(promtool("--version").error)("promtool can parse every query of the dashboard", () => {
  const invalid = queries.filter((query) => {
    const resolved = query.replaceAll("$__rate_interval", "5m");
    return promtool("--experimental", "promql", "format", resolved).status !== 0;
  });
  expect(invalid).toEqual([]);
});
