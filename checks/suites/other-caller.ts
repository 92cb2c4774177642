import { type Check, saw } from "../check";
import { curl, describeCurl } from "../toolkit/pods/curl";
import { clientWorkload } from "../toolkit/pods/workload-pods";

/** The egress gateway holds the client's identity, so not everyone in its mesh may use it. */
export const otherCaller: readonly Check[] = [
  {
    id: 26,
    name: "the egress gateway used by another account",
    expected: "403",
    async run({ meshes, use }) {
      const [host] = meshes.hosts;
      const result = await curl(await use(clientWorkload), [`http://${host}/headers`]);
      return saw(result.kind === "answer" && result.status === 403, describeCurl(result));
    },
  },
];
