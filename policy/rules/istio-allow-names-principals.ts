import { istioObject } from "../examples/istio";
import { found, given, items, read, text } from "../read";
import type { Rule } from "../rule";
import { AUTHORIZATION_POLICY } from "../types";

/** How a source names callers one by one. */
const LISTS = ["principals", "serviceAccounts"];

/**
 * A policy that allows names whom, one by one. `*` matches each certificate of either mesh; a rule without `from`, or
 * by address or namespace alone, asks for no certificate at all. Istio matches `serviceAccounts` in every trust domain:
 * a sidecar takes certificates of its own mesh's alone, but the ingress gateway those of another mesh too.
 */
export const istioAllowNamesPrincipals: Rule = {
  name: "istio-allow-names-principals",
  description: "An AuthorizationPolicy that allows names principals, without wildcards.",
  url: "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source",
  level: "mandatory",
  types: AUTHORIZATION_POLICY,
  *problems({ props }) {
    const spec = read(props, "spec");
    // ALLOW is what a policy does that says nothing.
    const action = read(spec, "action");
    if ((action ?? "ALLOW") !== "ALLOW") return;
    const ofIngress = read(spec, "selector", "matchLabels", "istio") === "ingressgateway";
    for (const rule of items(spec, "rules")) {
      if (!given(read(rule, "from")))
        yield "A rule without `from` allows everyone: name the callers in source.principals.";
      for (const from of items(rule, "from")) {
        const source = read(from, "source");
        if (!LISTS.some((list) => given(read(source, list))))
          yield "A source without principals allows whoever has its address or namespace: name the callers in source.principals.";
        for (const caller of LISTS.flatMap((list) => items(source, list)).map(text)) {
          if (caller.includes("*"))
            yield `"${caller}" allows identities that nobody chose: name each caller in full.`;
        }
        if (ofIngress && found(read(source, "serviceAccounts")))
          yield "The ingress gateway has callers of more than one mesh, and a service account is one of each: name the callers in source.principals.";
      }
    }
  },
  examples: {
    passes: {
      "a caller": allow({ from: [{ source: { principals: [caller()] } }] }),
      "a caller, by its service account": allow({
        from: [{ source: { serviceAccounts: ["httpbin/client"] } }],
      }),
      "no one": istioObject(AUTHORIZATION_POLICY, { action: "ALLOW" }),
      "a policy that denies": istioObject(AUTHORIZATION_POLICY, {
        action: "DENY",
        rules: [{ from: [{ source: { notPrincipals: [caller()] } }] }],
      }),
    },
    fails: {
      "any certificate": allow({ from: [{ source: { principals: ["*"] } }] }),
      "any of a mesh": allow({ from: [{ source: { principals: ["client.example.com/*"] } }] }),
      "anyone, by a path": allow({ to: [{ operation: { paths: ["/public"] } }] }),
      "any service account": allow({ from: [{ source: { serviceAccounts: ["httpbin/*"] } }] }),
      "a service account of any mesh, at the ingress gateway": istioObject(AUTHORIZATION_POLICY, {
        selector: { matchLabels: { istio: "ingressgateway" } },
        rules: [{ from: [{ source: { serviceAccounts: ["httpbin/client"] } }] }],
      }),
      "no service account": allow({ from: [{ source: { serviceAccounts: [] } }] }),
      "an address": allow({ from: [{ source: { ipBlocks: ["203.0.113.0/24"] } }] }),
      "anyone, by the default action": istioObject(AUTHORIZATION_POLICY, { rules: [{}] }),
      "anyone, by an action that is null": istioObject(AUTHORIZATION_POLICY, {
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
