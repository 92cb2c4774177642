import { hostSlug } from "../../components/mtls/host-slug";
import { SERVER_INGRESS } from "../../stacks/names";
import type { KnownClient } from "../meshes";
import type { AuthorizationPolicySpec, IstioObject } from "./istio-objects";

/**
 * The clients of the server's listener, as the server's policies treat them.
 *
 * @throws Error when a client has no policy, or the listener admits no client
 */
export function knownClients(
  dnsNames: readonly string[],
  policies: readonly IstioObject<AuthorizationPolicySpec>[],
  servedHosts: readonly string[],
): readonly [KnownClient, ...KnownClient[]] {
  const [first, ...others] = dnsNames.map((dnsName): KnownClient => {
    const name = `${SERVER_INGRESS.objectPrefix}-client-${hostSlug(dnsName)}`;
    const policy = policies.find(({ metadata }) => metadata.name === name);
    const rule = policy?.spec.rules?.[0];
    const principal = rule?.from?.[0]?.source.principals?.[0];
    if (policy === undefined || principal === undefined) {
      throw new Error(
        `no AuthorizationPolicy ${name} in the server cluster: deploy the server stack with \`pulumi up\``,
      );
    }
    const allowed = rule?.to?.[0]?.operation.hosts ?? [];
    return {
      dnsName,
      uri: `spiffe://${principal}`,
      hosts: servedHosts.filter((host) => allowed.includes(host)),
      suspended: policy.spec.action === "DENY",
    };
  });
  if (!first) throw new Error("the server's listener admits no client");
  return [first, ...others];
}
