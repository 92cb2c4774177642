import type { Check } from "../../check";
import { certifiedClients, withoutCertificate } from "../../toolkit/fixtures/client-certificates";
import { probeIngress } from "../../toolkit/probe/ingress";
import { describeResult } from "../../toolkit/probe/result";

/** The clients of the server, with certificates of their own intermediates. */
export const everyClient: readonly Check[] = [
  {
    slug: "path/every-client",
    title: "every host of every admitted client, over TLS",
    requirement: "every-host-and-client",
    expected: "200 from each host that the client may call",
    why: "Each client has its own intermediate, its own name on the listener's list, and its own policy.",
    threat: "A client that is missing from one of them is refused while the others work.",
    async run({ meshes, use }) {
      const clients = await use(certifiedClients);
      const results = await Promise.all(
        clients
          .filter(({ suspended }) => !suspended)
          .flatMap(({ dnsName, hosts, credential }) =>
            hosts.map(async (host) => {
              const result = await probeIngress(meshes, { host, serverName: host, credential });
              return { what: `${dnsName} to ${host}`, result };
            }),
          ),
      );
      if (results.length === 0) return { skipped: "every client is suspended" };
      const failed = results.filter(
        ({ result }) => result.kind !== "response" || result.status !== 200,
      );
      const left = withoutCertificate(meshes, clients);
      const observed = [
        ...failed.map(({ what, result }) => `${what}: ${describeResult(result)}`),
        ...(failed.length === 0 ? [`${results.length} × 200`] : []),
        ...(left.length > 0 ? [`not tried: ${left.join(", ")}`] : []),
      ];
      return { pass: failed.length === 0, observed: observed.join("; ") };
    },
  },
];
