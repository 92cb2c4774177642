import type { Meshes } from "../../../checks/meshes";
import { requireOutput } from "../../../checks/toolkit/kubectl";
import { clientPod } from "../../../checks/toolkit/pods/container";
import { changeService, LAB_SERVICES } from "../../program/lab-clients";
import { runOperation } from "../../program/run-operation";
import { setConfig } from "../../program/stack";
import { expectFromClient } from "../expect-from-client";
import { extraHttpbin } from "../extra-httpbin";
import type { Story } from "../story";

const HOST = "invoices.demodomain21.com";
const PATIENT = { service: "patient-httpbin", port: 8080 };
/** Longer than the life of a connection between the meshes, and than the time-outs that proxies and NATs often have. */
const SECONDS = 130;
const MIB = 2 ** 20;

/** Large and slow requests and answers pass, and headers up to 60 KiB. */
export const limits: Story = {
  async tell({ stacks: { server, context }, meshes, load }) {
    const { kubectl, service } = meshes.server;
    load.begin("a patient service");
    const objects = JSON.stringify(
      extraHttpbin({
        namespace: service.namespace,
        name: PATIENT.service,
        port: PATIENT.port,
        appProtocol: "http",
        args: [
          ...["-max-body-size", String(64 * MIB), "-max-duration", "300s"],
          ...["-srv-read-timeout", "300s", "-srv-max-header-bytes", String(MIB)],
        ],
      }),
    );
    await requireOutput(kubectl, ["apply", "-f", "-"], { stdin: objects });
    const services = changeService(HOST, { ...PATIENT, tls: "none" });
    await setConfig(server, { services });
    await runOperation(server, "up", context);
    await expectFromClient(meshes, "200", [`http://${HOST}/get`]);

    load.begin("large headers");
    await expectFromClient(meshes, "200", withHeaders(57));
    await expectFromClient(meshes, "431", withHeaders(61));

    load.begin("large and slow bodies");
    const outcomes = await Promise.all([
      transfer(meshes, "an upload of 32 MiB", `head -c ${32 * MIB} /dev/zero`, "/put", "-T -"),
      transfer(
        meshes,
        `an upload of ${SECONDS} s`,
        `for i in $(seq ${SECONDS}); do head -c 1024 /dev/zero; sleep 1; done`,
        "/put",
        "-T -",
      ),
      transfer(meshes, `no answer for ${SECONDS} s`, ":", `/delay/${SECONDS}`, ""),
      transfer(
        meshes,
        `an answer of ${SECONDS} s`,
        ":",
        `/drip?duration=${SECONDS}&numbytes=${SECONDS}&delay=0`,
        "",
      ),
    ]);
    context.steps.print(`Large and slow bodies:\n${outcomes.join("\n")}`);
    const failed = outcomes.filter((outcome) => !outcome.includes(": 200,"));
    if (failed.length > 0) throw new Error(`These must get 200:\n${failed.join("\n")}`);

    load.begin("without it");
    await setConfig(server, { services: LAB_SERVICES });
    await runOperation(server, "up", context);
    await requireOutput(kubectl, ["delete", "-f", "-"], { stdin: objects, timeoutMs: 60_000 });
  },
};

/** A request with this many KiB of headers. Each is small, because many applications limit a single one. */
function withHeaders(kib: number): string[] {
  const headers = Array.from({ length: kib }, (_, index) => `x-${index}: ${"v".repeat(1010)}`);
  return [...headers.flatMap((header) => ["-H", header]), `http://${HOST}/status/200`];
}

/** Sends the output of `source` with curl from the client pod. Describes the outcome. */
async function transfer(
  meshes: Meshes,
  what: string,
  source: string,
  path: string,
  args: string,
): Promise<string> {
  const { kubectl, namespace, pod, container } = clientPod(meshes);
  const format = "%{http_code}, %{size_upload} bytes up, %{size_download} down, %{time_total} s";
  const command = `(${source}) | curl -sS -o /dev/null -w '${format}' ${args} 'http://${HOST}${path}' 2>&1`;
  const { stdout, stderr } = await kubectl(
    ["exec", "-n", namespace, pod, "-c", container, "--", "sh", "-c", command],
    { timeoutMs: (SECONDS + 60) * 1000 },
  );
  return `${what}: ${stdout.trim() || stderr.trim()}`;
}
