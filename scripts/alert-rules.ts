import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { dump } from "js-yaml";
import { format } from "prettier";

import { alertGroups, type GatewayEnd } from "../components/observability/alerts";
import { certificateLifetimes } from "../components/pki/lifetimes";

/** Where the alerts of each end are kept, for a Prometheus that reads rules from files. */
export const ALERT_RULES: Readonly<Record<GatewayEnd, string>> = {
  ingress: "docs/alerts/server.yaml",
  egress: "docs/alerts/client.yaml",
};

/** The alerts of one end as a rule file of Prometheus, for the default lives of certificates. */
export async function alertRules(end: GatewayEnd): Promise<string> {
  const groups = alertGroups(end, certificateLifetimes.parse({}));
  const head =
    "# Made by scripts/alert-rules.ts from components/observability/alerts.ts, for the default lives of certificates.\n" +
    "# The series need the pods' label `istio`: see docs/operations.md.\n";
  return format(head + dump({ groups }, { lineWidth: -1 }), { parser: "yaml", printWidth: 100 });
}

if (require.main === module) {
  for (const [end, file] of Object.entries(ALERT_RULES)) {
    void alertRules(end as GatewayEnd).then((text) => {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    });
  }
}
