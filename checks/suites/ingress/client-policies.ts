import { SUSPENDED_BODY } from "../../../components/mtls/server/suspension-notice";
import type { Check, CheckContext } from "../../check";
import { certifiedClients, type CertifiedClient } from "../../toolkit/fixtures/client-certificates";
import { probeIngress, type ProbeOverrides } from "../../toolkit/probe/ingress";
import {
  describeRefusal,
  isRefused,
  POLICY_DENIED,
  type Refusal,
} from "../../toolkit/probe/refusal";
import { describeResult, type ProbeResult } from "../../toolkit/probe/result";

/** A request that the ingress gateway must refuse, although the client's certificate is admitted. */
interface RefusedRequest {
  /** Who asks for what, for the report. */
  readonly what: string;
  readonly client: CertifiedClient;
  readonly overrides: ProbeOverrides;
}

/** What the server's policies refuse to some of its clients. */
export const clientPolicies: readonly Check[] = [
  expectPolicyRefusal({
    slug: "ingress/host-of-other-clients",
    title: "a host that the client may not call",
    requirement: "hosts-per-client",
    why: "A client reaches only the hosts that its entry in `clients` lists.",
    threat: "A client that one service was opened for calls all the others.",
    refusal: POLICY_DENIED,
    reasonIfNone: "every client whose certificate can be issued may call every host",
    requests: (clients, { meshes }) =>
      clients
        .filter(({ suspended }) => !suspended)
        .flatMap((client) =>
          meshes.server.hosts
            .filter((host) => !client.hosts.includes(host))
            .flatMap((host) => [
              request(client, host),
              // The connection is for a host that the client may call.
              request(
                client,
                host,
                { sni: client.hosts[0] ?? host },
                "by another host's connection",
              ),
            ]),
        ),
  }),
  expectPolicyRefusal({
    slug: "ingress/suspended-client",
    title: "a suspended client",
    requirement: "suspended-client-refused",
    why: "A suspended client is refused until its suspension ends, and learns why.",
    threat: "A client that must stop keeps calling until its certificates expire.",
    refusal: { status: 403, body: SUSPENDED_BODY },
    reasonIfNone: "no client whose certificate can be issued is suspended",
    requests: (clients, { meshes }) => {
      const admitted = meshes.knownClients.find(({ suspended }) => !suspended);
      const forged = {
        "X-Forwarded-Client-Cert": `URI=${admitted?.uri ?? "spiffe://none.invalid"}`,
      };
      return clients
        .filter(({ suspended }) => suspended)
        .flatMap((client) =>
          meshes.server.hosts.flatMap((host) => [
            request(client, host),
            request(client, host, { headers: forged }, "with a forged XFCC header"),
          ]),
        );
    },
  }),
];

function request(
  client: CertifiedClient,
  host: string,
  overrides: ProbeOverrides = {},
  how = "",
): RefusedRequest {
  return {
    what: `${client.dnsName} to ${host}${how && ` ${how}`}`,
    client,
    overrides: { host, serverName: host, ...overrides },
  };
}

interface PolicyRefusal extends Omit<Check, "expected" | "expectedFor" | "run"> {
  readonly refusal: Refusal;
  /** Why there is nothing to try, when `requests` returns nothing. */
  readonly reasonIfNone: string;
  readonly requests: (
    clients: readonly CertifiedClient[],
    context: CheckContext,
  ) => readonly RefusedRequest[];
}

function expectPolicyRefusal(row: PolicyRefusal): Check {
  const { refusal, reasonIfNone, requests, ...check } = row;
  return {
    ...check,
    expected: describeRefusal(refusal),
    async run(context) {
      const refused = requests(await context.use(certifiedClients), context);
      if (refused.length === 0) return { skipped: reasonIfNone };
      const results = await Promise.all(
        refused.map(async ({ what, client: { credential }, overrides }) => {
          const result = await probeIngress(context.meshes, { ...overrides, credential });
          return { what, result, pass: isRefused(result, refusal) };
        }),
      );
      const failed = results.filter(({ pass }) => !pass);
      return failed.length > 0
        ? {
            pass: false,
            observed: failed
              .map(({ what, result }) => `${what}: ${describeAnswer(result)}`)
              .join("; "),
          }
        : { pass: true, observed: `${results.length} × ${describeRefusal(refusal)}` };
    },
  };
}

/** A result with the start of its body, because two refusals differ only in their bodies. */
function describeAnswer(result: ProbeResult): string {
  return result.kind === "response"
    ? `${result.status} ${JSON.stringify(result.body.slice(0, 80))}`
    : describeResult(result);
}
