import type { Meshes } from "../../checks/meshes";

/** Another way to configure the path, as a guide describes it. */
export interface Recipe {
  readonly name: string;
  readonly source: string;
  readonly server: readonly object[];
  readonly client: readonly object[];
}

const networking = (kind: string, name: string, namespace: string, spec: object) => ({
  apiVersion: "networking.istio.io/v1",
  kind,
  metadata: { name, namespace },
  spec,
});

/**
 * The objects of Istio's tasks for mutual TLS at an ingress gateway and from an egress gateway, for all hosts of the path. The
 * sample `mtls-egress-ingress` of anthos-service-mesh-samples has the same objects.
 *
 * @see https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway-tls-origination/
 * @see https://istio.io/latest/docs/tasks/traffic-management/ingress/secure-ingress/#configure-a-mutual-tls-ingress-gateway
 */
export function buildIstioTasks(meshes: Meshes): Recipe {
  return {
    name: "Istio's tasks",
    source:
      "https://istio.io/latest/docs/tasks/traffic-management/egress/egress-gateway-tls-origination/",
    server: buildIngress(meshes),
    client: meshes.hosts.flatMap((host, index) => buildEgress(meshes, host, `task-${index}`)),
  };
}

function buildIngress({ hosts, server: { ingressGateway, service } }: Meshes): object[] {
  const { namespace, selector, credentialName } = ingressGateway;
  return [
    networking("Gateway", "task", namespace, {
      selector: parseSelector(selector),
      servers: [
        {
          port: { number: 443, name: "https", protocol: "HTTPS" },
          tls: { mode: "MUTUAL", credentialName },
          hosts: [...hosts],
        },
      ],
    }),
    networking("VirtualService", "task", namespace, {
      hosts: [...hosts],
      gateways: ["task"],
      http: [{ route: [{ destination: { host: service.host, port: { number: service.port } } }] }],
    }),
  ];
}

function buildEgress({ ingress, client }: Meshes, host: string, name: string): object[] {
  const { egressGateway } = client;
  const { namespace } = egressGateway;
  const gatewayHost = `${egressGateway.name}.${namespace}.svc.cluster.local`;
  const toGateway = { destination: { host: gatewayHost, subset: name, port: { number: 443 } } };
  return [
    networking("ServiceEntry", name, client.namespace, {
      hosts: [host],
      ports: [
        { number: 80, name: "http", protocol: "HTTP" },
        { number: 443, name: "https", protocol: "HTTPS", targetPort: ingress.port },
      ],
      resolution: "DNS",
      // The lab's DNS does not know the host.
      endpoints: [{ address: ingress.address }],
    }),
    networking("Gateway", name, namespace, {
      selector: parseSelector(egressGateway.selector),
      servers: [
        {
          port: { number: 443, name: `https-${name}`, protocol: "HTTPS" },
          hosts: [host],
          tls: { mode: "ISTIO_MUTUAL" },
        },
      ],
    }),
    networking("DestinationRule", `${name}-egressgateway`, client.namespace, {
      host: gatewayHost,
      subsets: [
        {
          name,
          trafficPolicy: {
            loadBalancer: { simple: "ROUND_ROBIN" },
            portLevelSettings: [
              { port: { number: 443 }, tls: { mode: "ISTIO_MUTUAL", sni: host } },
            ],
          },
        },
      ],
    }),
    networking("VirtualService", name, client.namespace, {
      hosts: [host],
      gateways: [`${namespace}/${name}`, "mesh"],
      http: [
        { match: [{ gateways: ["mesh"], port: 80 }], route: [toGateway] },
        {
          match: [{ gateways: [`${namespace}/${name}`], port: 443 }],
          route: [{ destination: { host, port: { number: 443 } } }],
        },
      ],
    }),
    networking("DestinationRule", `${name}-originate-mtls`, namespace, {
      host,
      trafficPolicy: {
        loadBalancer: { simple: "ROUND_ROBIN" },
        portLevelSettings: [
          {
            port: { number: 443 },
            tls: {
              mode: "MUTUAL",
              credentialName: egressGateway.credentialName,
              sni: host,
            },
          },
        ],
      },
    }),
  ];
}

function parseSelector(selector: string): Record<string, string> {
  const labels = selector.split(",").map((label) => label.split("=") as [string, string]);
  return Object.fromEntries(labels);
}
