import { readFileSync } from "node:fs";
import { join } from "node:path";

import type { CertificateLifetimes } from "../pki/lifetimes";
import { expiryThresholds } from "./thresholds";

interface Panel {
  readonly title: string;
  readonly fieldConfig?: { readonly defaults: { readonly thresholds?: object } };
}

const SOURCE = readFileSync(join(__dirname, "dashboard.json"), "utf8");

/** Panels that show how long a certificate lives on, and the certificate's whole life. */
const EXPIRY: Readonly<Record<string, keyof CertificateLifetimes>> = {
  "Gateway's certificate expires in": "leafHours",
  "Intermediate CA expires in": "intermediateHours",
  "Root expires in": "rootHours",
};

/** The dashboard of the path, as Grafana imports it (JSON): its colours change when the alerts of these lives come. */
export function dashboard(lifetimes: CertificateLifetimes): string {
  const source = JSON.parse(SOURCE) as { readonly panels: readonly Panel[] };
  const panels = source.panels.map((panel) => {
    const life = EXPIRY[panel.title];
    if (life === undefined) return panel;
    const { overdueSeconds, soonSeconds } = expiryThresholds(lifetimes[life]);
    const steps = [
      { color: "red", value: null },
      { color: "orange", value: soonSeconds },
      { color: "green", value: overdueSeconds },
    ];
    const defaults = { ...panel.fieldConfig?.defaults, thresholds: { mode: "absolute", steps } };
    return { ...panel, fieldConfig: { ...panel.fieldConfig, defaults } };
  });
  return `${JSON.stringify({ ...source, panels }, null, 2)}\n`;
}
