import { read, readItems } from "./read";

/** The TLS settings of each listener of a Gateway; undefined for a listener without TLS. */
export function listenerTls(spec: unknown): readonly unknown[] {
  return readItems(spec, "servers").map((server) => read(server, "tls"));
}

/** All TLS settings in a DestinationRule: for all ports, by port, by subset, and by port of a subset. */
export function clientTls(spec: unknown): readonly unknown[] {
  const policies = [spec, ...readItems(spec, "subsets")].map((holder) =>
    read(holder, "trafficPolicy"),
  );
  return policies
    .flatMap((policy) => [policy, ...readItems(policy, "portLevelSettings")])
    .map((policy) => read(policy, "tls"))
    .filter((tls) => tls !== undefined && tls !== null);
}
