import type { Meshes } from "../../../checks/meshes";
import { requireOutput } from "../../../checks/toolkit/kubectl";
import { clientPod } from "../../../checks/toolkit/pods/container";
import { CHANGED_HOST as HOST, changeService, LAB_SERVICES } from "../../program/lab-clients";
import { runOperation } from "../../program/run-operation";
import { setConfig } from "../../program/stack";
import { expectFromClient } from "../expect-from-client";
import type { Story } from "../story";

const WEBSOCKET = [
  ...["-N", "--max-time", "5", "-H", "Connection: Upgrade", "-H", "Upgrade: websocket"],
  ...["-H", "Sec-WebSocket-Version: 13", "-H", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="],
];
/** httpbin answers one request of five with 503. */
const UNSTABLE = "/status/200:0.8,503:0.2";

/** A service has paths with time-outs and retries. A time-out does not cut streams, and only reads are repeated. */
export const routes: Story = {
  async tell({ stacks: { server, context }, meshes, load }) {
    load.begin("paths with time-outs and retries");
    const paths = [
      { path: "/delay", timeoutSeconds: 2 },
      { path: "/websocket", timeoutSeconds: 2 },
      { path: "/status", retries: 5 },
    ];
    await setConfig(server, { services: changeService({ routes: paths }) });
    await runOperation(server, "up", context);

    const call = (expected: string, path: string, ...args: readonly string[]) =>
      expectFromClient(meshes, expected, [...args, `http://${HOST}${path}`]);
    await call("404", "/get");
    await call("404", "/delay/../get", "--path-as-is");
    await call("404", "/delays/1");
    await call("200", "/delay/1");
    await call("504", "/delay/4");
    await call("200", "/delay/4", "-H", "content-type: application/grpc");
    await call("time-out", "/websocket/echo", ...WEBSOCKET);

    load.begin("retries of reads only");
    assertStatuses("GET", await countFailures(meshes, "GET"), (failures) => failures === 0);
    assertStatuses("POST", await countFailures(meshes, "POST"), (failures) => failures > 0);

    load.begin("every path");
    await setConfig(server, { services: LAB_SERVICES });
    await runOperation(server, "up", context);
    await call("200", "/get");
  },
};

const REQUESTS = 40;

/** How many of some requests to an unstable path get 503. */
async function countFailures(meshes: Meshes, method: "GET" | "POST"): Promise<number> {
  const { kubectl, namespace, pod, container } = clientPod(meshes);
  const urls = Array.from({ length: REQUESTS }, () => `http://${HOST}${UNSTABLE}`);
  const output = await requireOutput(
    kubectl,
    [
      ...["exec", "-n", namespace, pod, "-c", container, "--"],
      ...["curl", "-sS", "-X", method, "-w", "%{http_code}\n", ...urls],
    ],
    { timeoutMs: 60_000 },
  );
  const statuses = output.trim().split("\n");
  if (statuses.length !== REQUESTS) throw new Error(`curl got ${statuses.length} answers`);
  return statuses.filter((status) => status === "503").length;
}

function assertStatuses(
  method: string,
  failures: number,
  isExpected: (failures: number) => boolean,
): void {
  if (isExpected(failures)) return;
  throw new Error(`${failures} of ${REQUESTS} ${method} requests to ${UNSTABLE} got 503`);
}
