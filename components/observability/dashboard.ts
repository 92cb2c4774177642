import { readFileSync } from "node:fs";
import { join } from "node:path";

import { CLIENT_CREDENTIAL } from "../mtls/credential-names";
import type { CertificateLifetimes } from "../pki/lifetimes";
import { CLIENT_CERTIFICATE_EXPIRY, clientExpiryQuery } from "./metrics";
import { expiryThresholds } from "./thresholds";

interface Panel {
  readonly id: number;
  readonly fieldConfig?: { readonly defaults: { readonly thresholds?: object } };
}

const SOURCE = readFileSync(join(__dirname, "dashboard.json"), "utf8");

/** The panels in dashboard.json that show the time until a certificate expires, by id, with the certificate's lifetime. */
const EXPIRY_PANELS: Readonly<Record<number, keyof CertificateLifetimes>> = {
  1: "leafHours",
  2: "intermediateHours",
  3: "rootHours",
};

/**
 * The Grafana dashboard of the connection (JSON). Panels about certificates change color when the alerts for these
 * lifetimes fire. `credentialNames` are the Secrets with the egress gateway's certificates.
 */
export function dashboard(
  lifetimes: CertificateLifetimes,
  credentialNames: readonly string[] = [CLIENT_CREDENTIAL],
): string {
  const queried = SOURCE.replaceAll(CLIENT_CERTIFICATE_EXPIRY, clientExpiryQuery(credentialNames));
  const source = JSON.parse(queried) as { readonly panels: readonly Panel[] };
  const panels = source.panels.map((panel) => {
    const lifetime = EXPIRY_PANELS[panel.id];
    return lifetime === undefined ? panel : withThresholds(panel, lifetimes[lifetime]);
  });
  return `${JSON.stringify({ ...source, panels }, null, 2)}\n`;
}

function withThresholds(panel: Panel, validityHours: number): Panel {
  const { overdueSeconds, soonSeconds } = expiryThresholds(validityHours);
  const steps = [
    { color: "red", value: null },
    { color: "orange", value: soonSeconds },
    { color: "green", value: overdueSeconds },
  ];
  const defaults = { ...panel.fieldConfig?.defaults, thresholds: { mode: "absolute", steps } };
  return { ...panel, fieldConfig: { ...panel.fieldConfig, defaults } };
}
