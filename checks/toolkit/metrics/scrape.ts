import type { GatewayWorkload } from "../../meshes";
import { getObject } from "../kubectl";
import type { ContainerRef } from "../pods/container";
import { curl, describeCurl } from "../pods/curl";
import { parseSamples, type Sample } from "./exposition";

interface Pods {
  readonly items: readonly { readonly status?: { readonly podIP?: string } }[];
}

/**
 * Scrapes a gateway's pods as Prometheus does: in plain HTTP, from a pod outside the mesh.
 *
 * @throws Error when a pod does not answer with 200
 */
export async function scrape(
  from: ContainerRef,
  { namespace, selector }: GatewayWorkload,
): Promise<Sample[]> {
  const { items } = await getObject<Pods>(from.kubectl, ["pods", "-n", namespace, "-l", selector]);
  const addresses = items.flatMap(({ status }) => (status?.podIP ? [status.podIP] : []));
  const scrapes = await Promise.all(
    addresses.map(async (address) => {
      const result = await curl(from, [`http://${address}:15090/stats/prometheus`]);
      if (result.kind === "answer" && result.status === 200) return parseSamples(result.body);
      throw new Error(`scraping ${address} failed: ${describeCurl(result)}`);
    }),
  );
  return scrapes.flat();
}
