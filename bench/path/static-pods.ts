import type { ContainerTemplate } from "./pods";
import { buildStaticProxy, type CredentialFiles, type StaticProxy } from "./static-proxy";

/** Namespace of the chain, in both clusters. */
export const STATIC_NAMESPACE = "bench-static";

/** Number of worker threads. Istio's proxies have as many, because their limit is two processors. */
export const WORKERS = 2;

/** A proxy of the chain: what it does, and how many pods do it. */
export interface StaticPods {
  /** Name of its Deployment and its Service. */
  readonly name: string;
  readonly replicas: number;
  readonly container: ContainerTemplate;
  readonly proxy: StaticProxy;
  /** Type of its Service. Without it, DNS has the addresses of the pods. */
  readonly service?: "LoadBalancer";
  /** The application in the same pod. */
  readonly application?: ContainerTemplate;
}

const FOLDER = "/etc/bench";
const FILE = "envoy.json";
/** The two gateways' credentials. Each proxy has both: it accepts with the server's and connects with the client's. */
export type Credentials = Readonly<Record<"server" | "client", Readonly<Record<string, string>>>>;

const folderOf = (credential: keyof Credentials) => `${FOLDER}/${credential}`;

/** The files of a credential in a pod. Istio gives them these names in the Secret. */
export const credentialFiles = (credential: keyof Credentials): CredentialFiles => ({
  chain: `${folderOf(credential)}/tls.crt`,
  key: `${folderOf(credential)}/tls.key`,
  trustAnchor: `${folderOf(credential)}/ca.crt`,
});

/** The namespace, with the credentials as the data of their Secrets. */
export function buildNamespace(credentials: Credentials): object {
  return list([
    { apiVersion: "v1", kind: "Namespace", metadata: { name: STATIC_NAMESPACE } },
    ...Object.entries(credentials).map(([name, data]) => ({
      ...{ apiVersion: "v1", kind: "Secret", metadata: metadata(name) },
      data,
    })),
  ]);
}

/** The objects of one proxy: its configuration, its pods, and the Service in front of them. */
export function buildStaticPods(pods: StaticPods): object {
  const { name, replicas, proxy, container, application, service } = pods;
  const labels = { app: name };
  const { port } = proxy;
  return list([
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: metadata(name),
      data: { [FILE]: JSON.stringify(buildStaticProxy(proxy)) },
    },
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: metadata(name),
      spec: {
        replicas,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            terminationGracePeriodSeconds: 1,
            automountServiceAccountToken: false,
            containers: [
              {
                ...{ name: "envoy", ...container },
                command: ["/usr/local/bin/envoy", "-c", `${FOLDER}/config/${FILE}`],
                args: [
                  ...["--concurrency", String(WORKERS)],
                  ...["--disable-hot-restart", "--log-level", "warn"],
                ],
                readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
                volumeMounts: [
                  { name: "config", mountPath: `${FOLDER}/config` },
                  { name: "server", mountPath: folderOf("server") },
                  { name: "client", mountPath: folderOf("client") },
                ],
              },
              ...(application ? [{ name: "application", ...application }] : []),
            ],
            volumes: [
              { name: "config", configMap: { name } },
              { name: "server", secret: { secretName: "server" } },
              { name: "client", secret: { secretName: "client" } },
            ],
          },
        },
      },
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: metadata(name),
      spec: {
        selector: labels,
        ports: [{ name: "tcp", port }],
        ...(service ? { type: service, externalTrafficPolicy: "Local" } : { clusterIP: "None" }),
      },
    },
  ]);
}

/** DNS name of a proxy's Service. */
export const serviceName = (name: string) => `${name}.${STATIC_NAMESPACE}.svc.cluster.local`;

const metadata = (name: string) => ({ name, namespace: STATIC_NAMESPACE });

const list = (items: readonly object[]) => ({ apiVersion: "v1", kind: "List", items });
