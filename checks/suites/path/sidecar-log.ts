import { sidecarAccessLogName } from "../../../components/istio/access-log-objects";
import { CLIENT_EGRESS } from "../../../stacks/names";
import type { Check } from "../../check";
import type { Meshes } from "../../meshes";
import { failedRequest } from "../../toolkit/fixtures/failed-request";
import { tracedRequest } from "../../toolkit/fixtures/traced-request";
import { getObject } from "../../toolkit/kubectl";
import { waitForLogLine } from "../../toolkit/pods/access-log";

/** What the application's sidecar logs. */
export const sidecarLog: readonly Check[] = [
  {
    slug: "path/sidecar-log",
    title: "the sidecar logs failed requests only",
    requirement: "sidecar-access-log",
    expected: "404 in its access log, and no 200",
    why: "The gateways log every request, so the lines of sidecars would only repeat them.",
    threat: "Each line takes processor time and costs money where logs are stored.",
    async run({ meshes, use }) {
      const { kubectl, namespace, existingIstio } = meshes.client;
      if (existingIstio) return { skipped: "the existing Istio decides what sidecars log" };
      if (!(await logsFailedOnly(meshes))) return { skipped: "sidecarAccessLogs is all" };
      const passed = await use(tracedRequest);
      const failed = await use(failedRequest);
      const log = { kubectl, namespace, selector: "app=client" };
      const line = await waitForLogLine(log, (each) => each.includes(failed.mark));
      if (line === undefined) return { pass: false, observed: "no 404 in its access log" };
      // Envoy writes lines in their order, and this request was the first of the two.
      const repeated = await waitForLogLine(log, (each) => each.includes(passed.mark), {
        timeoutMs: 0,
      });
      return repeated === undefined
        ? { pass: true, observed: "404 in its access log, and no 200" }
        : { pass: false, observed: "404 and 200 in its access log" };
    },
  },
];

/** Whether the client's stack has made the sidecars log failed requests only. */
async function logsFailedOnly({ client: { kubectl, namespace } }: Meshes): Promise<boolean> {
  const { items } = await getObject<{
    readonly items: readonly { readonly metadata: { readonly name: string } }[];
  }>(kubectl, ["telemetries.telemetry.istio.io", "-n", namespace]);
  const name = sidecarAccessLogName(CLIENT_EGRESS.objectPrefix);
  return items.some(({ metadata }) => metadata.name === name);
}
