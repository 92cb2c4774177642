import { isWide } from "../ranges";
import { found, given, is, items, read, text } from "../read";
import type { Resource, Rule } from "../rule";

const FIREWALL = "gcp:compute/firewall:Firewall";

/**
 * No firewall rule of ours lets the whole internet in. GKE itself opens what a LoadBalancer Service needs, for the
 * Service's own ports and ranges.
 */
export const gcpNoOpenFirewall: Rule = {
  name: "gcp-no-open-firewall",
  description: "No firewall rule admits the whole internet.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/firewall-rules",
  level: "mandatory",
  types: [FIREWALL],
  *problems({ props }) {
    if (is(read(props, "direction"), "EGRESS") || !found(read(props, "allows"))) return;
    for (const range of items(props, "sourceRanges").map(text)) {
      if (isWide(range))
        yield `sourceRanges lists ${range}, which is everyone or much of it: list the ranges that call.`;
    }
    const sources = ["sourceRanges", "sourceTags", "sourceServiceAccounts"];
    if (!sources.some((key) => given(read(props, key))))
      yield "A rule without a source admits everyone: set sourceRanges.";
  },
  examples: {
    passes: {
      "the control plane's range": firewall({ sourceRanges: ["172.16.0.0/28"] }),
      "a private network": firewall({ sourceRanges: ["10.0.0.0/8", "192.0.2.7"] }),
      "a provider's IPv6": firewall({ sourceRanges: ["2001:db8::/32"] }),
      "a way out": firewall({ direction: "EGRESS", destinationRanges: ["0.0.0.0/0"] }),
      "a rule that denies": firewall({
        sourceRanges: ["0.0.0.0/0"],
        allows: undefined,
        denies: [{ protocol: "all" }],
      }),
    },
    fails: {
      everyone: firewall({ sourceRanges: ["0.0.0.0/0"] }),
      "everyone with IPv6": firewall({ sourceRanges: ["::/0"] }),
      "everyone, in halves": firewall({ sourceRanges: ["0.0.0.0/1", "128.0.0.0/1"] }),
      "everyone with IPv6, in one range": firewall({ sourceRanges: ["2000::/3"] }),
      "no source": firewall({}),
    },
  },
};

function firewall(props: Readonly<Record<string, unknown>>): Resource {
  return {
    type: FIREWALL,
    props: { direction: "INGRESS", allows: [{ protocol: "tcp", ports: ["15017"] }], ...props },
  };
}
