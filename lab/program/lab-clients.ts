/** More hosts than the committed configuration has, so that some of them are not for every client. */
export const LAB_SERVICES: readonly object[] = ["application", "orders", "invoices"].map(
  (label) => ({
    host: `${label}.demodomain21.com`,
    namespace: "httpbin",
    service: "httpbin",
    port: 8000,
    http2: true,
  }),
);

/** The host of the lab's services that stories change. */
export const CHANGED_HOST = "invoices.demodomain21.com";

/** The lab's services, with `changes` of the one of {@link CHANGED_HOST}. */
export function changeService(changes: object): readonly object[] {
  return LAB_SERVICES.map((service) =>
    (service as { readonly host: string }).host === CHANGED_HOST
      ? // Another Service may have no sidecar.
        { ...service, ...("service" in changes && { http2: false }), ...changes }
      : service,
  );
}

/**
 * The client mesh, with `changes` of its entry, and two more clients. Those have no cluster, because two more control
 * planes are too much for one machine. The checks call the server with certificates of their intermediates.
 */
export function labClients(changes: object = {}): readonly object[] {
  const entry = (name: string) => ({
    name,
    dnsName: `${name}.demodomain21.com`,
    trustDomain: `${name}.demodomain21.com`,
  });
  return [
    { ...entry("partner"), hosts: ["orders.demodomain21.com"] },
    { ...entry("client"), ...changes },
    { ...entry("supplier"), suspended: true },
  ];
}
