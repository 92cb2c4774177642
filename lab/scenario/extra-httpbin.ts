import { HTTPBIN_IDLE_TIMEOUT } from "../../components/samples/names";
import { IMAGES } from "../images/references";

/** A further httpbin in the server mesh's application namespace, in a pod without a sidecar. */
export interface ExtraHttpbin {
  /** Name of the pod and of its Service. */
  readonly name: string;
  readonly namespace: string;
  /** Port of the Service and of the pod, and its protocol as Kubernetes spells it. */
  readonly port: number;
  readonly appProtocol: "http" | "https";
  /** Flags of httpbin. */
  readonly args?: readonly string[];
  /** Files in `/etc/httpbin`. */
  readonly files?: Readonly<Record<string, string>>;
}

/** The objects of an {@link ExtraHttpbin}, for `kubectl apply`. */
export function extraHttpbin(httpbin: ExtraHttpbin): object {
  const { name, namespace, port, appProtocol, args = [], files = {} } = httpbin;
  const metadata = { name, namespace };
  const labels = { app: name };
  return {
    apiVersion: "v1",
    kind: "List",
    items: [
      { apiVersion: "v1", kind: "Secret", metadata, stringData: files },
      {
        apiVersion: "v1",
        kind: "Service",
        metadata,
        spec: { selector: labels, ports: [{ name: appProtocol, port, appProtocol }] },
      },
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { ...metadata, labels: { ...labels, "sidecar.istio.io/inject": "false" } },
        spec: {
          terminationGracePeriodSeconds: 1,
          automountServiceAccountToken: false,
          containers: [
            {
              name,
              image: IMAGES.httpbin,
              args: ["-port", String(port), "-srv-read-timeout", HTTPBIN_IDLE_TIMEOUT, ...args],
              readinessProbe: { tcpSocket: { port }, periodSeconds: 1 },
              volumeMounts: [{ name: "files", mountPath: "/etc/httpbin" }],
            },
          ],
          volumes: [{ name: "files", secret: { secretName: name } }],
        },
      },
    ],
  };
}
