import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { describe, expect, it, test } from "vitest";

import { GATEWAY_STATS } from "../../../../components/istio/gateway-stats";
import { alertGroups, type GatewayEnd } from "../../../../components/observability/alerts";
import {
  CLIENT_CERTIFICATE_EXPIRY,
  METRICS,
  SERVER_CERTIFICATE_EXPIRY,
} from "../../../../components/observability/metrics";
import { anchorsIn } from "../../../support/markdown-links";
import { ALERT_RULES, alertRules } from "../../../../scripts/alert-rules";
import { named } from "../../../support/record";
import { recordClient, recordServer } from "../../../support/stacks";

const LIFETIMES = { rootHours: 87_600, intermediateHours: 8_760, leafHours: 2_160 };
const ENDS = Object.keys(ALERT_RULES) as GatewayEnd[];
const alerts = ENDS.flatMap((end) => alertGroups(end, LIFETIMES)).flatMap(({ rules }) => rules);
const dashboard = JSON.parse(readFileSync("components/observability/dashboard.json", "utf8")) as {
  readonly panels: readonly {
    readonly title: string;
    readonly targets?: readonly { readonly expr: string }[];
  }[];
};
const queries = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

/** Names of metrics in a query: what it asks of is by Envoy or by istiod. */
function metricsIn(query: string): string[] {
  return query.match(/\b(envoy|istio|citadel|pilot|galley)_\w+/g) ?? [];
}

/** What Istio has every proxy export, as far as it is used here. */
const ISTIOS_OWN = /^server\.|rbac\.denied$/;

/**
 * What Istio's bootstrap takes out of a name as a label, and Envoy's exporter then makes of the rest.
 *
 * @see https://github.com/istio/istio/blob/1.31.0/tools/packaging/common/envoy_bootstrap.json `stats_tags`
 * @see https://github.com/envoyproxy/envoy/blob/main/source/server/admin/prometheus_stats.cc
 */
function inPrometheus(stat: string): string {
  const rest = stat
    .replace(/^cluster\..+?;\./, "cluster.")
    .replace(/^listener\.[_.[\]a-fA-F\d]*?\.(?=[a-z]{2})/, "listener.")
    .replace(/^http\..+?;\./, "http.")
    .replace(/rbac\.(allowed|denied)$/, "rbac")
    .replace(/_rq_\d{3}$/, "_rq");
  const name = `envoy_${rest.replace(/\W/g, "_")}`;
  return rest.endsWith("_time") ? `${name}_bucket` : name;
}

describe("a metric that the gateways are not made to export", () => {
  it.each(queries)("is in no panel: %s", (query) => {
    expect(metricsIn(query).filter((name) => !(name in METRICS))).toEqual([]);
    expect(metricsIn(query)).not.toEqual([]);
  });

  it.each(alerts.map(({ alert, expr }) => [alert, expr]))("is not in %s", (_, expr) => {
    expect(metricsIn(expr).filter((name) => !(name in METRICS))).toEqual([]);
    expect(metricsIn(expr)).not.toEqual([]);
  });
});

describe.each(Object.entries(METRICS))("%s", (name, { by, stat, source }) => {
  it("is used", () => {
    expect([...queries, ...alerts.map(({ expr }) => expr)].flatMap(metricsIn)).toContain(name);
  });

  it("has a source", () => {
    expect(source).toMatch(/^https:\/\//);
  });

  it("is istiod's own, or what becomes of a statistic that the gateways export", () => {
    if (stat === undefined) {
      expect(by).toBe("istiod");
      return;
    }
    expect(inPrometheus(stat)).toBe(name);
    const exported =
      ISTIOS_OWN.test(stat) || GATEWAY_STATS.some((one) => new RegExp(`^${one}$`).test(stat));
    expect(exported).toBe(true);
  });
});

test.each([
  "cluster.outbound|80||application.demodomain21.com;.upstream_rq_2xx", // the codes again, as classes
  "cluster.xds-grpc;.upstream_rq_time",
  "cluster.inbound|8080||;.ssl.handshake",
  "listener.0.0.0.0_443.downstream_cx_total",
  "listener.0.0.0.0_443.ssl.ciphers.TLS_AES_128_GCM_SHA256",
  "listener.0.0.0.0_443.ssl.certificate.default.expiration_unix_time_seconds",
])("%s is not exported: nobody asks for it", (stat) => {
  expect(GATEWAY_STATS.filter((one) => new RegExp(`^${one}$`).test(stat))).toEqual([]);
});

test("both gateways are made to export them, sidecars are not", async () => {
  const stacks = { ingress: await recordServer(), egress: await recordClient() };
  for (const end of ENDS) {
    const { resources } = stacks[end];
    const { values } = named(resources, `istio-istio-${end}gateway-release`).inputs;
    const { podAnnotations } = values as { podAnnotations: Record<string, string> };
    expect(JSON.parse(podAnnotations["proxy.istio.io/config"] ?? "")).toEqual({
      proxyStatsMatcher: { inclusionRegexps: [...GATEWAY_STATS] },
    });
    expect(JSON.stringify(named(resources, "istio-istiod").inputs)).not.toContain("StatsMatcher");
  }
});

test("the certificates' metrics are named after the Secrets that the program makes", async () => {
  const secretOf = async (stack: typeof recordServer, name: string) => {
    const { metadata } = named((await stack()).resources, name).inputs;
    return (metadata as { name: string }).name.replaceAll("-", "_");
  };
  const named_ = (secret: string) => `_certificate_kubernetes___${secret}_expiration_`;
  expect(SERVER_CERTIFICATE_EXPIRY).toContain(
    named_(await secretOf(recordServer, "ingress-credential")),
  );
  expect(CLIENT_CERTIFICATE_EXPIRY).toContain(
    named_(await secretOf(recordClient, "egress-credential")),
  );
});

describe("alerts", () => {
  const thresholds = (lifetimes: typeof LIFETIMES) =>
    Object.fromEntries(
      alertGroups("ingress", lifetimes)
        .flatMap(({ rules }) => rules)
        .flatMap(({ alert, expr }) => {
          const seconds = /- time\(\) < (\d+)$/.exec(expr)?.[1];
          return seconds === undefined ? [] : [[alert, Number(seconds) / 86_400]];
        }),
    );

  it("come when a renewal is overdue, not before it is due", () => {
    expect(thresholds(LIFETIMES)).toEqual({
      MeshToMeshGatewayCertificateOverdue: 22.5, // due from 30 days on
      MeshToMeshGatewayCertificateExpiring: 7.5,
      MeshToMeshIntermediateOverdue: 91.25,
      MeshToMeshIntermediateExpiring: expect.closeTo(30.4, 1) as number,
      MeshToMeshRootOverdue: 912.5,
    });
  });

  it("follow the configured lives", () => {
    expect(thresholds({ ...LIFETIMES, leafHours: 72 })).toMatchObject({
      MeshToMeshGatewayCertificateOverdue: 0.75,
      MeshToMeshGatewayCertificateExpiring: 0.25,
    });
  });

  it("have a name of their own at each end", () => {
    for (const end of ENDS) {
      const names = alertGroups(end, LIFETIMES).flatMap(({ rules }) =>
        rules.map(({ alert }) => alert),
      );
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it.each(alerts.map(({ alert, annotations }) => [alert, annotations.runbook]))(
    "%s is explained where it says",
    (name, runbook) => {
      const [page = "", anchor = ""] = runbook.split("#");
      expect(anchor).toBe(name.toLowerCase());
      expect(anchorsIn(readFileSync(page, "utf8"))).toContain(anchor);
    },
  );

  it.each(ENDS)("of the %s gateway are kept as a file that is up to date", async (end) => {
    // Else run `npm run docs`.
    expect(readFileSync(ALERT_RULES[end], "utf8")).toBe(await alertRules(end));
  });
});

/** Prometheus' own judgement, where its tool is at hand: CONTRIBUTING.md says how to get it. */
const promtool = (...args: string[]) => spawnSync("promtool", args, { encoding: "utf8" });

describe.skipIf(promtool("--version").error)("promtool", () => {
  it.each(ENDS)("finds the alerts of the %s gateway raised when they should be", (end) => {
    const file = ALERT_RULES[end].replace(/^.*\//, "test/alerts/");
    const { stdout, stderr } = promtool("test", "rules", file);
    expect(stderr + stdout).toMatch(/^ *SUCCESS/m);
  });

  it("can read every query of the dashboard", () => {
    const unreadable = queries.filter((query) => {
      const resolved = query.replaceAll("$__rate_interval", "5m");
      return promtool("--experimental", "promql", "format", resolved).status !== 0;
    });
    expect(unreadable).toEqual([]);
  });
});
