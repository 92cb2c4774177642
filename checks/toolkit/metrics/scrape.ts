import { object } from "../kubectl";
import type { GatewayPlace } from "../../meshes";
import { curl, type CurlPlace, describeCurl } from "../pods/curl";
import { type Sample, samplesIn } from "./exposition";

interface Pods {
  readonly items: readonly { readonly status?: { readonly podIP?: string } }[];
}

/**
 * What a gateway's pods export, asked for as Prometheus does: in plain HTTP, from a pod that is no part of the mesh.
 *
 * @throws Error when a pod does not answer
 */
export async function scrape(
  from: CurlPlace,
  { namespace, selector }: GatewayPlace,
): Promise<Sample[]> {
  const { items } = await object<Pods>(from.kubectl, ["pods", "-n", namespace, "-l", selector]);
  const addresses = items.flatMap(({ status }) => (status?.podIP ? [status.podIP] : []));
  const scrapes = await Promise.all(
    addresses.map(async (address) => {
      const result = await curl(from, [`http://${address}:15090/stats/prometheus`]);
      if (result.kind === "answer" && result.status === 200) return samplesIn(result.body);
      throw new Error(`${address} is not scraped: ${describeCurl(result)}`);
    }),
  );
  return scrapes.flat();
}
