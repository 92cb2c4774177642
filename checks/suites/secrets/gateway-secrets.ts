import type { Check } from "../../check";
import type { Cluster, GatewayWorkload, Meshes } from "../../meshes";
import { lastLine } from "../../toolkit/kubectl";

/** Only a gateway's own service account can read its Secret. */
export const gatewaySecrets: readonly Check[] = [
  expectForbidden({
    slug: "secrets/egress-gateway-secret",
    title: "the egress gateway's Secret, read by a default service account",
    why: "Only the egress gateway reads the key of the client's identity.",
    threat: "A pod that is taken over reads the key and calls the server as the client.",
    gateway: ({ client }) => [client, client.egressGateway, client.namespace],
  }),
  expectForbidden({
    slug: "secrets/ingress-gateway-secret",
    title: "the ingress gateway's Secret, read by a default service account",
    why: "Only the ingress gateway reads the key of the server's identity.",
    threat: "A pod that is taken over reads the key, with which an attacker acts as the server.",
    gateway: ({ server }) => [server, server.ingressGateway, server.service.namespace],
  }),
];

interface GatewaySecret extends Pick<Check, "slug" | "title" | "why" | "threat"> {
  readonly gateway: (
    meshes: Meshes,
  ) => [cluster: Cluster, gateway: GatewayWorkload, applicationNamespace: string];
}

function expectForbidden({ gateway, ...check }: GatewaySecret): Check {
  return {
    ...check,
    requirement: "gateway-secrets-forbidden",
    expected: "Forbidden",
    async run({ meshes }) {
      const [{ kubectl }, { namespace, name, credentialName }, application] = gateway(meshes);
      // `-o name`: even if reading is allowed, the key does not leave the cluster.
      const getAs = (account: string) =>
        kubectl([
          ...["get", "secret", credentialName, "-n", namespace, "-o", "name"],
          `--as=system:serviceaccount:${account}`,
        ]);
      const owner = await getAs(`${namespace}:${name}`);
      if (owner.code !== 0) {
        return {
          pass: false,
          observed: `the gateway itself cannot read it: ${lastLine(owner.stderr)}`,
        };
      }
      for (const account of new Set([`${namespace}:default`, `${application}:default`])) {
        const { code, stderr } = await getAs(account);
        if (code === 0) return { pass: false, observed: `${account} can read it` };
        if (!stderr.includes("(Forbidden)")) return { pass: false, observed: lastLine(stderr) };
      }
      return { pass: true, observed: "Forbidden" };
    },
  };
}
