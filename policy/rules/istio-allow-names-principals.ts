import { istioObject } from "../examples/istio";
import { isSet, mayBeSet, read, readItems, stringOf } from "../read";
import type { Rule } from "../rule";
import { AUTHORIZATION_POLICY } from "../types";

/** The fields of a source that list callers. */
const CALLER_LISTS = ["principals", "serviceAccounts"];

/**
 * An ALLOW policy lists its callers. `*` matches every certificate of all meshes. A rule without `from`, or with only
 * addresses or namespaces, does not require a certificate. `serviceAccounts` matches in every trust domain: sidecars accept
 * only certificates of their own mesh, but the ingress gateway accepts certificates of several meshes.
 */
export const istioAllowNamesPrincipals: Rule = {
  name: "istio-allow-names-principals",
  description: "An AuthorizationPolicy that allows requests lists principals, without wildcards.",
  url: "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source",
  level: "mandatory",
  types: AUTHORIZATION_POLICY,
  *problems({ props }) {
    const spec = read(props, "spec");
    // ALLOW is the default.
    const action = read(spec, "action");
    if ((action ?? "ALLOW") !== "ALLOW") return;
    const isForIngress = read(spec, "selector", "matchLabels", "istio") === "ingressgateway";
    for (const rule of readItems(spec, "rules")) {
      if (!mayBeSet(read(rule, "from")))
        yield "each rule must have `from`: without it, the rule allows everyone. List the callers in source.principals.";
      for (const from of readItems(rule, "from")) {
        const source = read(from, "source");
        if (!CALLER_LISTS.some((list) => mayBeSet(read(source, list))))
          yield "source.principals must not be empty: an address or a namespace does not identify a caller. List the callers in source.principals.";
        const callers = CALLER_LISTS.flatMap((list) => readItems(source, list)).map(stringOf);
        for (const caller of callers.filter((each) => each.includes("*"))) {
          yield `a caller must not contain a wildcard (got "${caller}"): it also allows callers that nobody listed. Write each caller in full.`;
        }
        if (isForIngress && isSet(read(source, "serviceAccounts")))
          yield "source.serviceAccounts must not be set for the ingress gateway: it matches service accounts of all meshes. List the callers in source.principals.";
      }
    }
  },
  examples: {
    passes: {
      "a caller": allow({ from: [{ source: { principals: [caller()] } }] }),
      "a caller, as a service account": allow({
        from: [{ source: { serviceAccounts: ["httpbin/client"] } }],
      }),
      "no caller": istioObject(AUTHORIZATION_POLICY, { action: "ALLOW" }),
      "a policy that denies": istioObject(AUTHORIZATION_POLICY, {
        action: "DENY",
        rules: [{ from: [{ source: { notPrincipals: [caller()] } }] }],
      }),
    },
    fails: {
      "any certificate": allow({ from: [{ source: { principals: ["*"] } }] }),
      "any certificate of a mesh": allow({
        from: [{ source: { principals: ["client.example.com/*"] } }],
      }),
      "everyone, for a path": allow({ to: [{ operation: { paths: ["/public"] } }] }),
      "any service account": allow({ from: [{ source: { serviceAccounts: ["httpbin/*"] } }] }),
      "a service account of any mesh, at the ingress gateway": istioObject(AUTHORIZATION_POLICY, {
        selector: { matchLabels: { istio: "ingressgateway" } },
        rules: [{ from: [{ source: { serviceAccounts: ["httpbin/client"] } }] }],
      }),
      "an empty list of service accounts": allow({ from: [{ source: { serviceAccounts: [] } }] }),
      "an IP range": allow({ from: [{ source: { ipBlocks: ["203.0.113.0/24"] } }] }),
      "everyone, with the default action": istioObject(AUTHORIZATION_POLICY, { rules: [{}] }),
      "everyone, with null as the action": istioObject(AUTHORIZATION_POLICY, {
        action: null,
        rules: [{}],
      }),
    },
  },
};

function caller(): string {
  return "client.example.com/ns/httpbin/sa/istio-egressgateway";
}

function allow(rule: object) {
  return istioObject(AUTHORIZATION_POLICY, { action: "ALLOW", rules: [rule] });
}
