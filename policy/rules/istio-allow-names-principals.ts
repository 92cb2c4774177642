import { istioObject } from "../examples/istio";
import { given, items, read, text } from "../read";
import type { Rule } from "../rule";
import { AUTHORIZATION_POLICY } from "../types";

/**
 * A policy that allows names whom, one by one. `*` matches each certificate of either mesh; a rule without `from`, or
 * by address or namespace alone, asks for no certificate at all.
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
    if (action !== undefined && action !== "ALLOW") return;
    for (const rule of items(spec, "rules")) {
      if (!given(read(rule, "from")))
        yield "A rule without `from` allows everyone: name the callers in source.principals.";
      for (const from of items(rule, "from")) {
        const source = read(from, "source");
        if (!given(read(source, "principals")))
          yield "A source without principals allows whoever has its address or namespace: name the callers in source.principals.";
        for (const principal of items(source, "principals").map(text)) {
          if (principal.includes("*"))
            yield `"${principal}" allows identities that nobody chose: name each caller in full.`;
        }
      }
    }
  },
  examples: {
    passes: {
      "a caller": allow({ from: [{ source: { principals: [caller()] } }] }),
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
      "an address": allow({ from: [{ source: { ipBlocks: ["203.0.113.0/24"] } }] }),
      "anyone, by the default action": istioObject(AUTHORIZATION_POLICY, { rules: [{}] }),
    },
  },
};

function caller(): string {
  return "client.example.com/ns/httpbin/sa/istio-egressgateway";
}

function allow(rule: object) {
  return istioObject(AUTHORIZATION_POLICY, { action: "ALLOW", rules: [rule] });
}
