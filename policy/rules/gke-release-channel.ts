import { cluster } from "../examples/gke";
import { is, read } from "../read";
import type { Rule } from "../rule";
import { CLUSTER } from "../types";

/** A release channel brings security patches to control plane and nodes by itself. CIS GKE 1.4: 5.5.4. */
export const gkeReleaseChannel: Rule = {
  name: "gke-release-channel",
  description: "The cluster follows a release channel.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/release-channels",
  level: "mandatory",
  types: [CLUSTER],
  *problems({ props }) {
    const channel = read(props, "releaseChannel", "channel");
    if (!is(channel, "RAPID", "REGULAR", "STABLE", "EXTENDED"))
      yield "No one patches the cluster: set releaseChannel.channel to RAPID, REGULAR, STABLE or EXTENDED.";
  },
  examples: {
    passes: {
      "the regular channel": cluster(),
      "the stable channel": cluster({ releaseChannel: { channel: "STABLE" } }),
    },
    fails: {
      "no channel": cluster({ releaseChannel: undefined }),
      "a channel that is none": cluster({ releaseChannel: { channel: "UNSPECIFIED" } }),
    },
  },
};
