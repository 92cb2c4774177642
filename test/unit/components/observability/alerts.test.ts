import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { load } from "js-yaml";
import { describe, expect, test } from "vitest";

import type { Alert, GatewayEnd } from "../../../../components/observability/alert";
import { alertGroups } from "../../../../components/observability/alerts";
import { ALERT_RULES, alertRules } from "../../../../scripts/alert-rules";
import { anchorsIn } from "../../../support/markdown-links";

const LIFETIMES = { rootHours: 87_600, intermediateHours: 8_760, leafHours: 2_160 };
const ENDS = Object.keys(ALERT_RULES) as GatewayEnd[];

function alertsOf(end: GatewayEnd, lifetimes = LIFETIMES): Alert[] {
  return alertGroups(end, lifetimes).flatMap(({ rules }) => rules);
}

/** Days before expiry at which each certificate alert of the ingress gateway fires. */
function thresholds(lifetimes: typeof LIFETIMES) {
  return Object.fromEntries(
    alertsOf("ingress", lifetimes).flatMap(({ alert, expr }) => {
      const seconds = /- time\(\) < (\d+)$/.exec(expr)?.[1];
      return seconds === undefined ? [] : [[alert, Number(seconds) / 86_400]];
    }),
  );
}

test("certificate alerts fire when a renewal is overdue, not before it is due", () => {
  expect(thresholds(LIFETIMES)).toEqual({
    MeshToMeshGatewayCertificateOverdue: 22.5, // the renewal is due 30 days before expiry
    MeshToMeshGatewayCertificateExpiring: 7.5,
    MeshToMeshIntermediateOverdue: 91.25,
    MeshToMeshIntermediateExpiring: expect.closeTo(30.4, 1) as number,
    MeshToMeshRootOverdue: 912.5,
  });
});

test("certificate alerts follow the configured lifetimes", () => {
  expect(thresholds({ ...LIFETIMES, leafHours: 72 })).toMatchObject({
    MeshToMeshGatewayCertificateOverdue: 0.75,
    MeshToMeshGatewayCertificateExpiring: 0.25,
  });
});

describe.each(ENDS)("the alerts of the %s gateway", (end) => {
  test("have unique names", () => {
    const names = alertsOf(end).map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(alertsOf(end).map(({ alert, annotations }) => [alert, annotations.runbook]))(
    "include %s, whose runbook exists",
    (name, runbook) => {
      const [page = "", anchor = ""] = runbook.split("#");
      expect(anchor).toBe(name.toLowerCase());
      expect(anchorsIn(readFileSync(page, "utf8"))).toContain(anchor);
    },
  );

  test("are in an up-to-date rule file", async () => {
    // If it fails, run `npm run docs`.
    expect(readFileSync(ALERT_RULES[end], "utf8")).toBe(await alertRules(end));
  });

  test("have the annotations that promtool's tests expect", () => {
    for (const { alertname, annotations } of expectedAlerts(end)) {
      const alert = alertsOf(end).find((each) => each.alert === alertname);
      const templates = Object.entries(alert?.annotations ?? {});
      expect(Object.keys(annotations)).toEqual(templates.map(([key]) => key));
      for (const [key, template] of templates) {
        expect(annotations[key]).toMatch(matching(template));
      }
    }
  });
});

/** Prometheus' own check of the alerts. CONTRIBUTING.md says how to install promtool. */
const promtool = (...args: string[]) => spawnSync("promtool", args, { encoding: "utf8" });

describe.skipIf(promtool("--version").error)("promtool", () => {
  test.each(ENDS)("finds that the alerts of the %s gateway fire when they should", (end) => {
    const { stdout, stderr } = promtool("test", "rules", unitTests(end));
    expect(stderr + stdout).toMatch(/^ *SUCCESS/m);
  });
});

/** The file with promtool's tests of the alerts. */
function unitTests(end: GatewayEnd): string {
  return ALERT_RULES[end].replace(/^.*\//, "test/alerts/");
}

interface UnitTests {
  readonly tests: readonly {
    readonly alert_rule_test: readonly {
      readonly alertname: string;
      readonly exp_alerts: readonly {
        readonly exp_annotations: Readonly<Record<string, string>>;
      }[];
    }[];
  }[];
}

function expectedAlerts(end: GatewayEnd) {
  const { tests } = load(readFileSync(unitTests(end), "utf8")) as UnitTests;
  const expected = tests
    .flatMap((each) => each.alert_rule_test)
    .flatMap(({ alertname, exp_alerts }) =>
      exp_alerts.map(({ exp_annotations }) => ({ alertname, annotations: exp_annotations })),
    );
  expect(expected).not.toEqual([]);
  return expected;
}

/** Matches an annotation with any values in place of `{{ … }}`. */
function matching(template: string): RegExp {
  const literals = template
    .split(/\{\{.*?\}\}/)
    .map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literals.join(".+")}$`);
}
