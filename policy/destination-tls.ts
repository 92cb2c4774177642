import { items, read } from "./read";

/**
 * The TLS settings of a DestinationRule, wherever they may stand: for all, by port, by subset, and by port of a
 * subset.
 */
export function clientTls(spec: unknown): readonly unknown[] {
  const policies = [spec, ...items(spec, "subsets")].map((holder) => read(holder, "trafficPolicy"));
  return policies
    .flatMap((policy) => [policy, ...items(policy, "portLevelSettings")])
    .map((policy) => read(policy, "tls"))
    .filter((tls) => tls !== undefined && tls !== null);
}
