import type { Meshes } from "../../../checks/meshes";
import { requireOutput } from "../../../checks/toolkit/kubectl";
import { clientPod } from "../../../checks/toolkit/pods/container";
import { withInput } from "../../../checks/toolkit/pods/curl";
import { IMAGES } from "../../images/references";
import { CHANGED_HOST as HOST, changeService, LAB_SERVICES } from "../../program/lab-clients";
import { runOperation } from "../../program/run-operation";
import { setConfig } from "../../program/stack";
import { until } from "../../process/until";
import type { Story } from "../story";

const SERVER = "grpc-server";
const PORT = 5300;

/** A service of the server becomes a gRPC server. A call from the client pod gets its answer and its trailers. */
export const grpc: Story = {
  keepsMeshes: true,
  async tell({ stacks: { server, context }, meshes, load }) {
    const { kubectl } = meshes.server;
    const objects = JSON.stringify(grpcServer(meshes.server.service.namespace));
    load.begin("a gRPC service");
    await requireOutput(kubectl, ["apply", "-f", "-"], { stdin: objects });
    await setConfig(server, { services: changeService({ service: SERVER, port: PORT }) });
    await runOperation(server, "up", context);
    await until("grpc-status: 0 from the client pod", async () =>
      (await callGrpc(meshes)).includes("grpc-status: 0") ? true : undefined,
    );
    await load.untilSteady();

    load.begin("without it");
    await setConfig(server, { services: LAB_SERVICES });
    await runOperation(server, "up", context);
    await requireOutput(kubectl, ["delete", "-f", "-"], { stdin: objects, timeoutMs: 60_000 });
  },
};

/**
 * Sends a DNS query by gRPC, in HTTP/2 without TLS. Returns the headers, the answer and the trailers. The test pod has no
 * gRPC client, so curl sends the message's bytes.
 *
 * @see https://github.com/coredns/coredns/blob/master/pb/dns.proto
 */
async function callGrpc(meshes: Meshes): Promise<string> {
  const { kubectl, namespace, pod, container } = clientPod(meshes);
  // A query for the address of example.org.
  const message = Buffer.from("000101000001000000000000076578616d706c65036f72670000010001", "hex");
  const packet = Buffer.from([0x0a, message.length, ...message]);
  const frame = [0, 0, 0, 0, packet.length, ...packet];
  const call = [
    ...["curl", "-sS", "-i", "--max-time", "5", "--http2-prior-knowledge", "--data-binary", "@-"],
    ...["-H", "content-type: application/grpc", "-H", "te: trailers"],
    `http://${HOST}/coredns.dns.DnsService/Query`,
  ];
  const { stdout } = await kubectl([
    ...["exec", "-n", namespace, pod, "-c", container, "--"],
    ...withInput(frame, call),
  ]);
  return stdout;
}

/** CoreDNS, which also answers by gRPC. `appProtocol` is all that Istio needs to pass HTTP/2 on to it. */
function grpcServer(namespace: string): object {
  const metadata = { name: SERVER, namespace };
  const labels = { app: SERVER };
  return {
    apiVersion: "v1",
    kind: "List",
    items: [
      {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata,
        data: {
          Corefile: `grpc://.:${PORT} {\n  template ANY ANY . {\n    rcode NXDOMAIN\n  }\n}\n`,
        },
      },
      {
        apiVersion: "v1",
        kind: "Service",
        metadata,
        spec: { selector: labels, ports: [{ name: "grpc", port: PORT, appProtocol: "grpc" }] },
      },
      {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { ...metadata, labels },
        spec: {
          containers: [
            {
              name: SERVER,
              image: IMAGES.coredns,
              args: ["-conf", "/etc/coredns/Corefile"],
              volumeMounts: [{ name: "config", mountPath: "/etc/coredns" }],
            },
          ],
          volumes: [{ name: "config", configMap: { name: SERVER } }],
        },
      },
    ],
  };
}
