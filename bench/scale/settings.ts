import { HTTPBIN, HTTPBIN_POD_PORT } from "../../components/samples/names";

/** Namespace of the lab's application, in both meshes. */
export const NAMESPACE = "httpbin";

const PORT = 8000;

/** The server's services and clients of a size. */
export function settingsOf(services: number, clients: number) {
  return {
    services: Array.from({ length: services }, (_, index) => ({
      host: hostOf(index),
      namespace: NAMESPACE,
      service: serviceOf(index),
      port: PORT,
    })),
    clients: Array.from({ length: clients }, (_, index) => {
      const name = index === 0 ? "client" : `client-${index}`;
      const domain = `${name}.demodomain21.com`;
      return { name, dnsName: domain, trustDomain: domain };
    }),
  };
}

/** The smallest settings: one client, and one service with a host that no size has. */
export function smallestSettings() {
  const { services, clients } = settingsOf(1, 1);
  return { services: services.map((each) => ({ ...each, host: "first.example.com" })), clients };
}

/** Host of a service. Short, because the names of all hosts are in one certificate, whose size has a limit. */
export const hostOf = (index: number) => `s${index}.example.com`;

const serviceOf = (index: number) => `s${index}`;

/** Label of the Services that {@link manifestOf} has. */
export const SERVICE_LABEL = "bench=scale";

/**
 * The Kubernetes Services of a size, as kubectl takes them. httpbin's pod is behind each: so many pods do not fit on this
 * machine, and the gateway has a cluster per Service in any case.
 */
export function manifestOf(services: number): string {
  const [label = "", value = ""] = SERVICE_LABEL.split("=");
  return JSON.stringify({
    apiVersion: "v1",
    kind: "List",
    items: Array.from({ length: services }, (_, index) => ({
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: serviceOf(index), namespace: NAMESPACE, labels: { [label]: value } },
      spec: {
        selector: { app: HTTPBIN },
        ports: [{ name: "http", port: PORT, targetPort: HTTPBIN_POD_PORT, appProtocol: "http" }],
      },
    })),
  });
}
