import { IMAGES } from "../images/references";
import type { Manifest } from "./api-client";
import { buildClusterRole } from "./rbac";

const NAMESPACE = "kube-system";
const LABELS = { "k8s-app": "kube-dns" };

/** Path of the Deployment on the API server. */
export const COREDNS_DEPLOYMENT_PATH = `/apis/apps/v1/namespaces/${NAMESPACE}/deployments/coredns`;

/** Addresses of names outside the cluster. */
export type DnsRecords = Readonly<Record<string, string>>;

/** Builds the objects of CoreDNS, as the add-on manager of a cluster would install it. */
export function buildCoreDnsManifests(
  clusterDNS: string,
  clusterDomain: string,
  records: DnsRecords = {},
): Manifest[] {
  const metadata = { name: "coredns", namespace: NAMESPACE };
  const core = `/api/v1/namespaces/${NAMESPACE}`;
  return [
    {
      path: `${core}/serviceaccounts/coredns`,
      object: { apiVersion: "v1", kind: "ServiceAccount", metadata },
    },
    ...buildRbacManifests(),
    {
      path: `${core}/configmaps/coredns`,
      object: {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata,
        data: { Corefile: formatCorefile(clusterDomain, records) },
      },
    },
    { path: COREDNS_DEPLOYMENT_PATH, object: buildDeployment(records) },
    {
      path: `${core}/services/kube-dns`,
      object: {
        apiVersion: "v1",
        kind: "Service",
        metadata: { ...metadata, name: "kube-dns", labels: LABELS },
        spec: {
          clusterIP: clusterDNS,
          selector: LABELS,
          ports: [
            { name: "dns", port: 53, protocol: "UDP" },
            { name: "dns-tcp", port: 53, protocol: "TCP" },
          ],
        },
      },
    },
  ];
}

/** How long resolvers keep a record, in seconds. */
const TTL_SECONDS = 5;

/**
 * The lab's internet has no DNS, so names outside the cluster do not exist, except `records`. They need a server block of their own,
 * because within one block CoreDNS runs the template plugin before the kubernetes plugin.
 */
const formatCorefile = (
  clusterDomain: string,
  records: DnsRecords,
) => `${clusterDomain}:53 in-addr.arpa:53 {
  errors
  ready
  kubernetes ${clusterDomain} in-addr.arpa
}
${Object.entries(records).map(formatRecord).join("")}.:53 {
  errors
  template ANY ANY . {
    rcode NXDOMAIN
  }
}
`;

const formatRecord = ([name, address]: readonly [string, string]) => `${name}:53 {
  errors
  template IN A {
    answer "{{ .Name }} ${TTL_SECONDS} IN A ${address}"
  }
  template ANY ANY {
    rcode NOERROR
  }
}
`;

function buildRbacManifests(): Manifest[] {
  const verbs = ["list", "watch"];
  return buildClusterRole(
    "system:coredns",
    [
      { apiGroups: [""], resources: ["services", "namespaces"], verbs },
      { apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs },
    ],
    { kind: "ServiceAccount", name: "coredns", namespace: NAMESPACE },
  );
}

function buildDeployment(records: DnsRecords): object {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "coredns", namespace: NAMESPACE, labels: LABELS },
    spec: {
      selector: { matchLabels: LABELS },
      template: {
        // A change replaces the pod, because CoreDNS does not read its file again.
        metadata: { labels: LABELS, annotations: { records: JSON.stringify(records) } },
        spec: {
          serviceAccountName: "coredns",
          priorityClassName: "system-cluster-critical",
          dnsPolicy: "Default",
          containers: [
            {
              name: "coredns",
              image: IMAGES.coredns,
              args: ["-conf", "/etc/coredns/Corefile"],
              ports: [
                { name: "dns", containerPort: 53, protocol: "UDP" },
                { name: "dns-tcp", containerPort: 53, protocol: "TCP" },
              ],
              readinessProbe: { httpGet: { path: "/ready", port: 8181 }, periodSeconds: 1 },
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: { add: ["NET_BIND_SERVICE"], drop: ["ALL"] },
                readOnlyRootFilesystem: true,
              },
              volumeMounts: [{ name: "config", mountPath: "/etc/coredns", readOnly: true }],
            },
          ],
          volumes: [{ name: "config", configMap: { name: "coredns" } }],
        },
      },
    },
  };
}
