import { type Check, saw } from "../check";
import { curl, describeCurl } from "../toolkit/pods/curl";
import { clientPod } from "../toolkit/pods/client-pod";

/** The main job: the application asks in plain HTTP and holds no certificate. */
export const requestPasses: readonly Check[] = [
  {
    id: 1,
    name: "plain HTTP from the client pod",
    expected: "200",
    async run({ meshes }) {
      const [host] = meshes.hosts;
      const result = await curl(clientPod(meshes), [`http://${host}/headers`]);
      return saw(result.kind === "answer" && result.status === 200, describeCurl(result));
    },
  },
  {
    id: 4,
    name: "every host in the list",
    expected: ({ hosts }) => `${hosts.length} × 200`,
    async run({ meshes }) {
      const results = await Promise.all(
        meshes.hosts.map(async (host) => ({
          host,
          result: await curl(clientPod(meshes), [`http://${host}/headers`]),
        })),
      );
      return saw(
        results.every(({ result }) => result.kind === "answer" && result.status === 200),
        results.map(({ host, result }) => `${host}: ${describeCurl(result)}`).join(", "),
      );
    },
  },
];
