import type { Meshes } from "../../../checks/meshes";
import { requireOutput } from "../../../checks/toolkit/kubectl";
import { clientPod } from "../../../checks/toolkit/pods/container";
import { CHANGED_HOST as HOST, changeService, LAB_SERVICES } from "../../program/lab-clients";
import { runOperation } from "../../program/run-operation";
import { setConfig } from "../../program/stack";
import { expectFromClient } from "../expect-from-client";
import { extraHttpbin } from "../extra-httpbin";
import type { Story } from "../story";

const PATIENT = { service: "patient-httpbin", port: 8080 };
/** Longer than the life of a connection between the meshes, and than the time-outs that proxies and NATs often have. */
const SECONDS = 130;
const MIB = 2 ** 20;

/** The key `maxStreamSeconds`, for a while. */
const MAX_STREAM_SECONDS = 20;

/** Large and slow requests and answers pass, and headers up to 60 KiB. With a limit for streams, a slow answer ends at it. */
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
          ...["-srv-max-header-bytes", String(MIB)],
        ],
      }),
    );
    await requireOutput(kubectl, ["apply", "-f", "-"], { stdin: objects });
    const services = changeService({ ...PATIENT, tls: "none" });
    await setConfig(server, { services });
    await runOperation(server, "up", context);
    await expectFromClient(meshes, "200", [`http://${HOST}/get`]);

    load.begin("large headers");
    await expectFromClient(meshes, "200", withHeaders(57));
    await expectFromClient(meshes, "431", withHeaders(61));

    load.begin("large and slow bodies");
    const outcomes = await Promise.all(TRANSFERS.map((each) => transfer(meshes, each)));
    context.steps.print(`Large and slow bodies:\n${outcomes.join("\n")}`);

    load.begin("a limit for streams");
    await setConfig(server, { maxStreamSeconds: MAX_STREAM_SECONDS });
    await runOperation(server, "up", context);
    await expectLimit(meshes);

    load.begin("without it");
    await setConfig(server, { services: LAB_SERVICES, maxStreamSeconds: 0 });
    await runOperation(server, "up", context);
    await requireOutput(kubectl, ["delete", "-f", "-"], { stdin: objects, timeoutMs: 60_000 });
  },
};

/** A request with this many KiB of headers. Each is small, because many applications limit a single one. */
function withHeaders(kib: number): string[] {
  const headers = Array.from({ length: kib }, (_, index) => `x-${index}: ${"v".repeat(1010)}`);
  return [...headers.flatMap((header) => ["-H", header]), `http://${HOST}/status/200`];
}

interface Transfer {
  readonly what: string;
  /** Shell command whose output is the request's body. */
  readonly body?: string;
  readonly path: string;
  /** Bytes that must be uploaded at least. */
  readonly bytes?: number;
  /** Seconds that it must take at least. */
  readonly seconds?: number;
}

/** The test pod has no command that makes bytes, except the shell's own. */
const repeat = (times: number, command: string) =>
  `i=0; while [ $i -lt ${times} ]; do ${command}; i=$((i+1)); done`;

const TRANSFERS: readonly Transfer[] = [
  {
    what: "an upload of 32 MiB",
    body: repeat(32, `printf '%0${MIB}d' 0`),
    path: "/put",
    bytes: 32 * MIB,
  },
  {
    what: `an upload of ${SECONDS} s`,
    body: repeat(SECONDS, "printf '%01024d' 0; sleep 1"),
    path: "/put",
    bytes: SECONDS * 1024,
    seconds: SECONDS,
  },
  { what: `no answer for ${SECONDS} s`, path: `/delay/${SECONDS}`, seconds: SECONDS },
  {
    what: `an answer of ${SECONDS} s`,
    path: `/drip?duration=${SECONDS}&numbytes=${SECONDS}&delay=0`,
    seconds: SECONDS,
  },
];

/**
 * Sends a request from the client pod. Describes the outcome.
 *
 * @throws Error unless the whole body arrived and the status is 200
 */
async function transfer(
  meshes: Meshes,
  { what, body, path, bytes = 0, seconds = 0 }: Transfer,
): Promise<string> {
  const outcome = await send(meshes, path, body);
  const { http_code, size_upload, size_download, time_total } = outcome;
  const described = `${what}: ${describe(outcome)}`;
  // httpbin answers with the body that it got.
  if (
    http_code === 200 &&
    size_upload >= bytes &&
    size_download >= bytes &&
    time_total >= seconds
  ) {
    return described;
  }
  throw new Error(`must get 200 with all bytes: ${described}`);
}

/** @throws Error unless the ingress gateway ends a request that waits for its answer, at the limit */
async function expectLimit(meshes: Meshes): Promise<void> {
  const outcome = await send(meshes, `/delay/${3 * MAX_STREAM_SECONDS}`);
  const { http_code, time_total } = outcome;
  if (
    http_code === 504 &&
    time_total >= MAX_STREAM_SECONDS &&
    time_total < 2 * MAX_STREAM_SECONDS
  ) {
    return;
  }
  throw new Error(`must get 504 after ${MAX_STREAM_SECONDS} s: ${describe(outcome)}`);
}

async function send(meshes: Meshes, path: string, body?: string): Promise<Outcome> {
  const { kubectl, namespace, pod, container } = clientPod(meshes);
  const curl = `curl -sS -o /dev/null -w '%{json}' ${body === undefined ? "" : "-T -"} 'http://${HOST}${path}'`;
  const command = body === undefined ? curl : `(${body}) | ${curl}`;
  const output = await requireOutput(
    kubectl,
    ["exec", "-n", namespace, pod, "-c", container, "--", "sh", "-c", command],
    { timeoutMs: (SECONDS + 120) * 1000 },
  );
  return JSON.parse(output) as Outcome;
}

function describe({ http_code, size_upload, size_download, time_total }: Outcome): string {
  return `${http_code}, ${size_upload} bytes up, ${size_download} down, ${time_total.toFixed(1)} s`;
}

interface Outcome {
  readonly http_code: number;
  readonly size_upload: number;
  readonly size_download: number;
  readonly time_total: number;
}
