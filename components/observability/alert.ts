/** Which end of the connection between the meshes a gateway is. */
export type GatewayEnd = "ingress" | "egress";

/**
 * A Prometheus alerting rule.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/
 */
export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: "warning" | "critical" };
  readonly annotations: {
    readonly summary: string;
    readonly description: string;
    readonly runbook: string;
  };
}

/** What differs from alert to alert. */
interface AlertArgs {
  readonly severity: Alert["labels"]["severity"];
  readonly expr: string;
  readonly for: string;
  readonly summary: string;
  readonly description: string;
}

/** An alert, with a link to its section in the operations guide. */
export function alert(name: string, args: AlertArgs): Alert {
  const { severity, summary, description } = args;
  const runbook = `docs/operations.md#${name.toLowerCase()}`;
  return {
    alert: name,
    expr: args.expr,
    for: args.for,
    labels: { severity },
    annotations: { summary, description, runbook },
  };
}
