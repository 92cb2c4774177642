/** The server's services and clients of a size. All services share one Kubernetes Service, so their number is that of hosts. */
export function settingsOf(services: number, clients: number) {
  return {
    services: Array.from({ length: services }, (_, index) => ({
      host: hostOf(index),
      namespace: "httpbin",
      service: "httpbin",
      port: 8000,
    })),
    clients: Array.from({ length: clients }, (_, index) => {
      const name = index === 0 ? "client" : `client-${index}`;
      const domain = `${name}.demodomain21.com`;
      return { name, dnsName: domain, trustDomain: domain };
    }),
  };
}

/** Host of a service. Short, because the names of all hosts are in one certificate, whose size has a limit. */
export const hostOf = (index: number) => `s${index}.example.com`;
