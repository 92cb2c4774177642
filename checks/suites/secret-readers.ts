import { type Check, saw } from "../check";
import type { Cluster, GatewayPlace, Meshes } from "../meshes";

/** A gateway's key is for its own service account. */
export const secretReaders: readonly Check[] = [
  reader("egress", ({ client }) => [client, client.egressGateway, client.namespace]),
  reader("ingress", ({ server }) => [server, server.ingressGateway, server.service.namespace]),
];

function reader(
  gateway: string,
  where: (meshes: Meshes) => [cluster: Cluster, place: GatewayPlace, application: string],
): Check {
  return {
    id: 28,
    name: `the ${gateway} gateway's Secret, read by a default account`,
    expected: "Forbidden",
    async run({ meshes }) {
      const [{ kubectl }, { namespace, name, credentialName }, application] = where(meshes);
      // `-o name`: were it allowed, the key should still not come here.
      const get = (account: string) =>
        kubectl([
          ...["get", "secret", credentialName, "-n", namespace, "-o", "name"],
          `--as=system:serviceaccount:${account}`,
        ]);
      const owner = await get(`${namespace}:${name}`);
      if (owner.code !== 0) {
        return saw(false, `the gateway itself may not read it: ${lastLine(owner.stderr)}`);
      }
      for (const account of new Set([`${namespace}:default`, `${application}:default`])) {
        const { code, stderr } = await get(account);
        if (code === 0) return saw(false, `${account} may read it`);
        if (!stderr.includes("(Forbidden)")) return saw(false, lastLine(stderr));
      }
      return saw(true, "Forbidden");
    },
  };
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
