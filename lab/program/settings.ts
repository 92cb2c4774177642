import type { StackName } from "./stack";
import type { Setting } from "./setting";

/**
 * What Istio needs so that an upstream Envoy accepts all that istiod sends: Istio's own filters are compiled into its
 * proxy image alone. Its own metrics go with them, and so does the sniffing of protocols.
 */
const UPSTREAM_ENVOY = {
  istiod: {
    env: { PILOT_ENABLE_METADATA_EXCHANGE: "false", PILOT_ENABLE_ALPN_FILTER: "false" },
    telemetry: { enabled: false },
  },
};

/** All in which the lab's stacks differ from the committed stack files: the cluster, the charts' place, the proxy. */
export function labSettings(charts: string): Readonly<Record<string, Setting>> {
  return { cluster: "kubeconfig", istioCharts: charts, istioValues: UPSTREAM_ENVOY };
}

/** The settings of `--set` that are for `stack`: `key=value`, for one stack alone as `server:key=value`. */
export function givenSettings(stack: StackName, given: readonly string[]): Record<string, Setting> {
  const settings: Record<string, Setting> = {};
  for (const setting of given) {
    const [, only, key = "", value = ""] =
      /^(?:(server|client):)?([^=]+)=(.*)$/s.exec(setting) ?? [];
    if (only === undefined || only === stack) settings[key] = structure(value);
  }
  return settings;
}

/** A value as a stack's file would have it: JSON is structure, everything else is text. */
function structure(value: string): Setting {
  if (!/^[[{]/.test(value)) return value;
  return JSON.parse(value) as Setting;
}
