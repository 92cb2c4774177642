import type { Outcome } from "../load/vegeta";
import type { Result } from "../result";
import { formatNumber, formatSpread, ratioOf, spreadOf } from "../statistics";

/** Handshakes with one server, each with a request. */
export interface HandshakeSample extends Outcome {
  /** Processor milliseconds of the server per connection. */
  readonly processorMs: number;
}

/** Name of the deployed gateway among the servers. */
export const GATEWAY = "ingress gateway";

const REFERENCE = "P-256";

/** The table and the plot of handshakes. */
export function describeHandshakes(
  samples: ReadonlyMap<string, readonly HandshakeSample[]>,
): Result {
  const times = (name: string) => (samples.get(name) ?? []).map(({ processorMs }) => processorMs);
  const names = [...samples.keys()];
  return {
    tables: [
      {
        title: "Mutual TLS handshakes, a request each, 8 at the same time",
        columns: [
          "",
          "per second",
          "processor ms of the server",
          "× a bare Envoy with P-256",
          "failed",
        ],
        rows: [...samples].map(([name, own]) => [
          name,
          formatSpread(spreadOf(own.map(({ perSecond }) => perSecond))),
          formatSpread(spreadOf(times(name))),
          formatNumber(ratioOf(times(name), times(REFERENCE)).median),
          String(own.reduce((sum, { failed }) => sum + failed, 0)),
        ]),
        note:
          "All but the ingress gateway are listeners of an Envoy that answers every request itself. The load tool shares the " +
          "processors, and needs more of them than the server, so the processor time says more than the rate.",
      },
    ],
    plots: [
      {
        name: "handshakes",
        title: "Processor time per connection",
        kind: "bar",
        unit: "ms",
        categories: names,
        series: [
          { name: "processor ms", values: names.map((name) => spreadOf(times(name)).median) },
        ],
      },
    ],
    samples: Object.fromEntries(samples),
  };
}
