import type { Check } from "../../check";
import { waitForLogLine } from "../../toolkit/pods/access-log";
import { clientPod } from "../../toolkit/pods/container";
import { describeCurl, isClosed } from "../../toolkit/pods/curl";
import { requestDirectly } from "../../toolkit/pods/direct-request";

/** istiod's name for the cluster that takes connections for which a sidecar has no route. */
const BLACK_HOLE = "BlackHoleCluster";

/** A connection from the client pod directly to the server's address. */
export const directConnection: readonly Check[] = [
  {
    slug: "egress/direct-with-sidecar",
    title: "directly to the server, with a sidecar",
    requirement: "no-direct-connection",
    expected: `closed by the sidecar: ${BLACK_HOLE} in its log`,
    why: "The application's pods reach the server only through the egress gateway.",
    threat: "An application calls the server's address without the gateway's policy and log.",
    async run({ meshes }) {
      const { kubectl, namespace, existingIstio } = meshes.client;
      const result = await requestDirectly(clientPod(meshes), meshes);
      if (result.kind === "answer" || !isClosed(result)) {
        return { pass: false, observed: describeCurl(result) };
      }
      const address = `${result.connectedTo ?? ""}:${meshes.ingress.port}`;
      const line = await waitForLogLine(
        { kubectl, namespace, selector: "app=client" },
        (candidate) => candidate.includes(BLACK_HOLE) && candidate.includes(address),
      );
      if (line !== undefined) {
        return { pass: true, observed: `closed by the sidecar: ${BLACK_HOLE} in its log` };
      }
      if (existingIstio) {
        return {
          skipped: `closed, but the sidecars of the existing Istio do not log ${BLACK_HOLE}`,
        };
      }
      return {
        pass: false,
        observed: `closed, but the sidecar's log has no ${BLACK_HOLE} for ${address}`,
      };
    },
  },
];
