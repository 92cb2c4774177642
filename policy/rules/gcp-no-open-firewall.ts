import { isWide } from "../ranges";
import { isSet, mayBe, mayBeSet, read, readItems, stringOf } from "../read";
import type { Resource, Rule } from "../rule";

const FIREWALL = "gcp:compute/firewall:Firewall";

/**
 * No firewall rule in the program admits the whole internet. GKE itself creates the rules for LoadBalancer Services, for
 * their ports and source ranges.
 */
export const gcpNoOpenFirewall: Rule = {
  name: "gcp-no-open-firewall",
  description: "No firewall rule admits the whole internet.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/firewall-rules",
  level: "mandatory",
  types: [FIREWALL],
  *problems({ props }) {
    if (mayBe(read(props, "direction"), "EGRESS") || !isSet(read(props, "allows"))) return;
    for (const range of readItems(props, "sourceRanges").map(stringOf)) {
      if (isWide(range))
        yield `sourceRanges must not contain ${range}: it covers a large part of the internet. List only the ranges that need access.`;
    }
    const sources = ["sourceRanges", "sourceTags", "sourceServiceAccounts"];
    if (!sources.some((key) => mayBeSet(read(props, key))))
      yield "sourceRanges, sourceTags or sourceServiceAccounts must be set: without a source, a firewall rule admits everyone.";
  },
  examples: {
    passes: {
      "the control plane's range": firewall({ sourceRanges: ["172.16.0.0/28"] }),
      "a private network": firewall({ sourceRanges: ["10.0.0.0/8", "192.0.2.7"] }),
      "a provider's IPv6 range": firewall({ sourceRanges: ["2001:db8::/32"] }),
      "outgoing traffic": firewall({ direction: "EGRESS", destinationRanges: ["0.0.0.0/0"] }),
      "a rule that denies": firewall({
        sourceRanges: ["0.0.0.0/0"],
        allows: undefined,
        denies: [{ protocol: "all" }],
      }),
    },
    fails: {
      "the whole internet": firewall({ sourceRanges: ["0.0.0.0/0"] }),
      "the whole internet, by IPv6": firewall({ sourceRanges: ["::/0"] }),
      "the whole internet, in halves": firewall({ sourceRanges: ["0.0.0.0/1", "128.0.0.0/1"] }),
      "all public IPv6 addresses": firewall({ sourceRanges: ["2000::/3"] }),
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
