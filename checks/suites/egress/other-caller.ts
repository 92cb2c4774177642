import type { Check } from "../../check";
import { clientWorkload } from "../../toolkit/fixtures/workload-pods";
import { curl, describeCurl } from "../../toolkit/pods/curl";

/** The egress gateway has the client's identity, so only listed callers can use it. */
export const otherCaller: readonly Check[] = [
  {
    slug: "egress/other-service-account",
    title: "the egress gateway, used by another service account",
    requirement: "callers-only",
    expected: "403",
    why: "The server takes every user of the egress gateway for the client.",
    threat: "Any workload of the client mesh calls the server with the client's identity.",
    async run({ meshes, use }) {
      const [host] = meshes.hosts;
      const result = await curl(await use(clientWorkload), [`http://${host}/headers`]);
      return {
        pass: result.kind === "answer" && result.status === 403,
        observed: describeCurl(result),
      };
    },
  },
];
