import type { Check, CheckContext } from "../../check";
import type { Cluster, GatewayWorkload } from "../../meshes";
import { getObject } from "../../toolkit/kubectl";
import { x509 } from "../../toolkit/pki/x509";

const DAY_MS = 86_400_000;
/** An update renews a list in the last third of its life. Later than this, the updates have failed for some time. */
const MIN_LIFE_LEFT = 1 / 4;

/** The revocation lists of both gateways. Envoy has no metric for them. */
export const revocationLists: readonly Check[] = [
  {
    slug: "certificates/revocation-lists",
    title: "revocation lists",
    requirement: "revocation-lists-renewed",
    expected: "none, or each list has a quarter of its life left",
    why: "With an expired list, a gateway refuses every certificate.",
    threat: "A list that nobody renews ends all traffic between the meshes.",
    async run({ meshes: { server, client } }: CheckContext) {
      const lists = [
        ...(await readLists(server, server.ingressGateway)),
        ...(await readLists(client, client.egressGateway)),
      ];
      const problems = findListProblems(lists, new Date());
      if (problems.length > 0) return { pass: false, observed: problems.join("; ") };
      return { pass: true, observed: lists.length === 0 ? "none" : `${lists.length} lists` };
    },
  },
];

async function readLists(
  { kubectl }: Cluster,
  { namespace, credentialName }: GatewayWorkload,
): Promise<x509.X509Crl[]> {
  const { data } = await getObject<{ readonly data: Readonly<Record<string, string>> }>(kubectl, [
    ...["secret", credentialName, "-n", namespace],
  ]);
  const pem = Buffer.from(data["ca.crl"] ?? "", "base64").toString();
  const blocks = pem.match(/-----BEGIN X509 CRL-----[^-]+-----END X509 CRL-----/g) ?? [];
  return blocks.map((block) => new x509.X509Crl(block));
}

/** Problems of revocation lists at a time. */
export function findListProblems(lists: readonly x509.X509Crl[], now: Date): string[] {
  return lists.flatMap(({ issuer, thisUpdate, nextUpdate }) => {
    if (nextUpdate === undefined) return [];
    const left = nextUpdate.getTime() - now.getTime();
    if (left >= MIN_LIFE_LEFT * (nextUpdate.getTime() - thisUpdate.getTime())) return [];
    const days = Math.floor(left / DAY_MS);
    const when = left < 0 ? "has expired" : `expires in ${days} days`;
    return [`the list of ${issuer} ${when}: run \`pulumi up\` on both stacks`];
  });
}
